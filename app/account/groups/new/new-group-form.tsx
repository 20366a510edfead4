"use client";

import { useActionState } from "react";
import { ButtonLink } from "@/components/button";
import { Field, TextArea } from "@/components/field";
import { Form, Hidden } from "@/components/form";
import { SubmitButton } from "@/components/submit-button";
import { chosenOf, idle, typedOf } from "@/lib/form";
import type { Person } from "../people-ticks";
import { newGroup } from "./actions";
import type { Drawn } from "./answer";
import { PeoplePicker } from "./people-picker";

/** Name, description and first members. Looking for people sends the form too, so it works without script and loses nothing. */
export function NewGroupForm({
  organization,
  copy,
  first,
}: {
  organization: string;
  copy: string | null;
  first: Drawn;
}) {
  const [state, send] = useActionState(newGroup, idle);
  const drawn = state.status === "done" && "found" in state.value ? state.value : first;
  const ticked = chosenOf(state, "members") ?? drawn.chosen.map(({ id }) => id);
  const listed = typedOf(state, "listed");
  return (
    <Form state={state} action={send}>
      <Hidden name="organization" value={organization} />
      {copy && <input type="hidden" name="copy" value={copy} />}
      <Field name="name" label="Name" defaultValue={drawn.name} maxLength={64} dir="auto" autoComplete="off" />
      <TextArea
        name="description"
        label="Description (optional)"
        defaultValue={drawn.description}
        required={false}
        rows={2}
        maxLength={500}
        dir="auto"
      />
      <PeoplePicker
        q={typedOf(state, "q") ?? drawn.q}
        people={listed === undefined ? [...drawn.chosen, ...drawn.found] : readListed(listed)}
        ticked={new Set(ticked)}
        more={drawn.more}
        searched={state.status === "done"}
        listed={writeListed}
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton name="step" value="create">
          Create group
        </SubmitButton>
        <ButtonLink href="/account/groups">Cancel</ButtonLink>
      </div>
    </Form>
  );
}

// A refusal gives back what was sent, and without script nothing else is left of the page: so it sends whom it showed.
const writeListed = (people: readonly Person[]): string =>
  new URLSearchParams(people.map(({ id, email, name }) => [id, `${email} ${name}`])).toString();

const readListed = (listed: string): Person[] =>
  [...new URLSearchParams(listed)].map(([id, words]) => {
    const [email = "", ...name] = words.split(" ");
    return { id, email, name: name.join(" ") };
  });
