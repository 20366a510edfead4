"use client";

import { createContext, type ReactNode, useActionState, useContext, useEffect, useRef } from "react";
import { placesFrom, toFirst } from "@/components/focus";
import { Outcome } from "@/components/outcome";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import { tryListedMailAgain } from "./actions";

type Tries = {
  organization: string;
  send: (form: FormData) => void;
  /** Says which mail was pressed on: its row goes with it. */
  pressed: (mail: string) => void;
};
const TriesContext = createContext<Tries | null>(null);

/**
 * Mail inside can be tried again, and this is the one place that says what came of it: its row goes, or loses its press.
 * `after` is what the page was opened with.
 */
export function Tries({ organization, after, children }: Props) {
  const [state, send, sending] = useActionState(tryListedMailAgain, idle);
  const places = useRef<string[]>([]);
  useEffect(() => {
    if (sending || state.status === "idle" || places.current.length === 0) return;
    toFirst(places.current);
    places.current = [];
    document.activeElement?.scrollIntoView({ block: "nearest" });
  }, [sending, state]);
  const pressed = (mail: string) => {
    places.current = placesFrom(mail);
  };
  return (
    <TriesContext value={{ organization, send, pressed }}>
      {/* The list may be long: what came of a press far down stays in sight, and focus is scrolled clear of it. */}
      <div className="sticky top-2 z-10 has-[>:empty]:hidden" data-outcome={state.status === "idle" ? undefined : ""}>
        <Outcome state={state} after={after} />
      </div>
      {children}
    </TriesContext>
  );
}

type Props = { organization: string; after?: ReactNode; children: ReactNode };

/** The press that has this mail tried again. */
export function TryAgain({ mail, to }: { mail: string; to: string }) {
  const tries = useContext(TriesContext);
  if (!tries) throw new Error("Mail is tried again inside Tries");
  return (
    <form action={tries.send} onSubmit={() => tries.pressed(mail)}>
      {/* The organization the row was drawn for, also after a refusal: the rows are drawn anew with it, and belong to it. */}
      <input type="hidden" name="organization" value={tries.organization} />
      <input type="hidden" name="mail" value={mail} />
      <SubmitButton tone="plain" row={mail}>
        Try again<span className="sr-only"> the mail to {to}</span>
      </SubmitButton>
    </form>
  );
}
