"use client";

import type { Route } from "next";
import { buttonClass } from "@/components/button";
import type { Verb } from "@/lib/directory/rules";
import { PressedButton } from "./pressed-button";
import { usePresses } from "./row-actions";
import { type Subject, verbs } from "./verbs";

/**
 * A menu's item as a button. What takes something away is served as a link to the question (`askAt`), which with script
 * is asked in a dialog; anything else is a form.
 */
export function PressButton({ about, verb, askAt }: { about: Subject; verb: Verb; askAt?: Route }) {
  const { press } = usePresses();
  const { label } = verbs[verb];
  if (!askAt) return <PressForm about={about} verb={verb} />;
  return (
    <a
      href={askAt}
      data-press={verb}
      className={buttonClass("danger")}
      onClick={(event) => {
        event.preventDefault();
        press(about, verb);
      }}
    >
      {label}
    </a>
  );
}

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
        data-press={verb}
        tone={ask ? "danger" : "plain"}
        pending={waiting?.about.id === about.id && waiting.verb === verb}
      >
        {label}
      </PressedButton>
    </form>
  );
}
