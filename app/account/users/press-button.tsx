"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/button";
import type { Verb } from "@/lib/directory/rules";
import { PressedButton } from "./pressed-button";
import { usePresses } from "./row-actions";
import { type Subject, verbs } from "./verbs";

/** What asks before it takes something away: with script in a dialog, without it on the page at `here`. */
export function AskButton({ about, verb, here }: { about: Subject; verb: Verb; here: string }) {
  const { press } = usePresses();
  const [path, query] = here.split("?");
  return (
    <form
      action={path}
      onSubmit={(event) => {
        event.preventDefault();
        press(about, verb);
      }}
    >
      {[...new URLSearchParams(query)].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" tone="danger" name="ask" value={verb} data-press={`${verb} ${about.id}`}>
        {verbs[verb].label}
      </Button>
    </form>
  );
}

/** What stands here only until a form that was sent without script has done what it was for. */
export const Unanswered = ({ children }: { children: ReactNode }) => (usePresses().answered ? null : children);

/** The form that does it, without asking. */
export function PressForm({ about, verb }: { about: Subject; verb: Verb }) {
  const { organization, press, waiting, send } = usePresses();
  const { label, field, ask } = verbs[verb];
  return (
    <form
      action={send[verb]}
      onSubmit={(event) => {
        if (ask) return;
        event.preventDefault();
        press(about, verb);
      }}
    >
      {/* The organization the row was drawn for, also after a refusal: the rows are drawn anew with it, and belong to it. */}
      <input type="hidden" name="organization" value={organization} />
      <input type="hidden" name={field} value={about.id} />
      {/* Whom a refusal is about: it comes back with the answer. */}
      <input type="hidden" name="about" value={about.email} />
      <PressedButton
        type="submit"
        data-press={`${verb} ${about.id}`}
        tone={ask ? "danger" : "plain"}
        pending={waiting?.about.id === about.id && waiting.verb === verb}
      >
        {label}
      </PressedButton>
    </form>
  );
}
