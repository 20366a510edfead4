"use client";

import { type ReactNode, useActionState, useLayoutEffect, useRef, useState } from "react";
import { EmailAddress } from "@/components/email-address";
import { Hidden } from "@/components/form";
import { Notice } from "@/components/notice";
import { Refused } from "@/components/refused";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import { resendInvite } from "../account/users/actions";

type Row = { id: string; email: string; said: ReactNode; may: boolean };

/** Invites that have run out, each with the press that sends it again; what came of the last press stands above them. */
export function SendAgain({ rows, organization }: { rows: readonly Row[]; organization: string }) {
  const [state, send] = useActionState(resendInvite, idle);
  const [sent, setSent] = useState<readonly string[]>([]);
  const pressed = useRef("");
  const said = useRef<HTMLDivElement>(null);
  // Before anything else is drawn: the button that had focus goes with its row, and focus must not leave Help with it.
  useLayoutEffect(() => {
    if (state.status === "idle") return;
    if (state.status === "done") setSent((before) => [...before, pressed.current]);
    said.current?.focus();
  }, [state]);
  const left = rows.filter(({ id }) => !sent.includes(id));
  return (
    <>
      {state.status !== "idle" && (
        // Without script the browser itself goes to it; React knows autoFocus on fields alone, and writes it down for both.
        <div ref={said} tabIndex={-1} {...{ autoFocus: true }}>
          {state.status === "done" && <Notice tone="success">{state.value.words}</Notice>}
          {state.status === "refused" && <Refused state={state} about={state.values.about} />}
        </div>
      )}
      {left.length === 0 && state.status !== "done" && <p>No invite of your organization has run out.</p>}
      <ul className="space-y-3 empty:hidden">
        {left.map(({ id, email, said, may }) => (
          <li key={id} className="border-s-3 border-line ps-3">
            <EmailAddress>{email}</EmailAddress>
            <span className="block text-sm text-quiet">{said}</span>
            {may && (
              <form
                action={send}
                onSubmit={() => {
                  pressed.current = id;
                }}
                className="mt-1"
              >
                <Hidden name="organization" value={organization} />
                <input type="hidden" name="invitation" value={id} />
                <input type="hidden" name="about" value={email} />
                <SubmitButton tone="plain">
                  Resend invite
                  <span className="sr-only"> for {email}</span>
                </SubmitButton>
              </form>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
