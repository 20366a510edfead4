"use client";

import type { ReactNode } from "react";
import { AskFirst } from "@/components/ask-first";
import { Form, Hidden } from "@/components/form";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import type { Picking } from "@/lib/picking";
import { PeoplePicker } from "../people";
import { isOfPicker, usePresses } from "./presses";

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
      <SubmitButton tone="danger" name="step" value="remove">
        Remove from group
      </SubmitButton>
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
export function AddMembers({ first }: { first: Picking }) {
  const { move, moved } = usePresses();
  const found = moved.status === "done" && moved.value.step === "find" ? moved.value.people : null;
  return (
    <Form state={isOfPicker(moved) ? moved : idle} action={move}>
      <About />
      <PeoplePicker legend="People who aren't in the group" first={first} drawn={found} />
      <SubmitButton name="step" value="add">
        Add to group
      </SubmitButton>
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
