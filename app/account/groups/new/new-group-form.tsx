"use client";

import { type KeyboardEvent, useActionState } from "react";
import { ButtonLink } from "@/components/button";
import { Field, TextArea } from "@/components/field";
import { Form, Hidden } from "@/components/form";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import { PeoplePicker } from "../people";
import { newGroup } from "./actions";
import type { Drawn } from "./answer";

/** Enter would press the first button there is, which searches for people. Without script it does: that makes nothing. */
const createByEnter = (event: KeyboardEvent<HTMLInputElement>) => {
  if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
  event.preventDefault();
  const { form } = event.currentTarget;
  form?.requestSubmit(form.querySelector<HTMLButtonElement>("[name=step][value=create]"));
};

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
  const found = state.status === "done" && "people" in state.value ? state.value : null;
  const { name, description } = found ?? first;
  return (
    <Form state={state} action={send}>
      <Hidden name="organization" value={organization} />
      {copy && <input type="hidden" name="copy" value={copy} />}
      <Field
        name="name"
        label="Name"
        defaultValue={name}
        maxLength={64}
        dir="auto"
        autoComplete="off"
        onKeyDown={createByEnter}
      />
      <TextArea
        name="description"
        label="Description (optional)"
        defaultValue={description}
        required={false}
        rows={2}
        maxLength={500}
        dir="auto"
      />
      <PeoplePicker legend="Members" first={first.people} drawn={found?.people ?? null} />
      <p className="text-sm text-quiet">More people can be added once the group is made.</p>
      <div className="flex flex-wrap gap-3">
        <SubmitButton name="step" value="create">
          Create group
        </SubmitButton>
        <ButtonLink href="/account/groups">Cancel</ButtonLink>
      </div>
    </Form>
  );
}
