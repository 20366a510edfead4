"use client";

import type { ReactNode } from "react";
import { AskFirst } from "@/components/ask-first";
import { Form, Hidden } from "@/components/form";
import { SubmitButton } from "@/components/submit-button";
import { chosenOf, idle } from "@/lib/form";
import { PeopleTicks, type Person } from "../people-ticks";
import { isUnticked, usePresses } from "./presses";

const InGroup = ({ action, children }: { action: (form: FormData) => void; children: ReactNode }) => (
  <form action={action}>
    <About />
    {children}
  </form>
);

const About = () => {
  const { organization, group } = usePresses();
  return (
    <>
      <Hidden name="organization" value={organization} />
      <input type="hidden" name="group" value={group} />
    </>
  );
};

/** What stands here only until a press has done what it was for. */
export const Unanswered = ({ children }: { children: ReactNode }) => (usePresses().answered ? null : children);

/** Takes one member out of the group, without asking. */
export function RemoveForm({ user }: { user: string }) {
  const { move } = usePresses();
  return (
    <InGroup action={move}>
      <input type="hidden" name="remove" value={user} />
      <SubmitButton tone="danger">Remove from group</SubmitButton>
    </InGroup>
  );
}

/** The same, asked first. */
export function RemoveMember({ user, name, href, title, body }: RemoveProps) {
  const { moved, pressed } = usePresses();
  return (
    <AskFirst
      href={href}
      label="Remove"
      about={name}
      row={user}
      title={title}
      body={body}
      answer={<RemoveForm user={user} />}
      said={moved}
      onAsk={() => pressed(user)}
    />
  );
}

type RemoveProps = { user: string; name: string; href: string; title: string; body: string };

/** People who are not in the group, to be ticked and put into it. */
export function AddMembers({ people }: { people: readonly Person[] }) {
  const { move, moved } = usePresses();
  return (
    <Form state={isUnticked(moved) ? moved : idle} action={move}>
      <About />
      <PeopleTicks
        key={people.map(({ id }) => id).join()}
        people={people}
        ticked={new Set(chosenOf(moved, "members"))}
      />
      <SubmitButton>Add to group</SubmitButton>
    </Form>
  );
}

/** Deletes the group, without asking. */
export function DeleteForm() {
  const { remove } = usePresses();
  return (
    <InGroup action={remove}>
      <SubmitButton tone="danger">Delete group</SubmitButton>
    </InGroup>
  );
}

/** The same, asked first. */
export function DeleteGroup({ href, title, body }: { href: string; title: ReactNode; body: ReactNode }) {
  const { removed } = usePresses();
  return <AskFirst href={href} label="Delete group" title={title} body={body} answer={<DeleteForm />} said={removed} />;
}
