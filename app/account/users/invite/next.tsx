"use client";

import { useActionState, useEffect, useRef } from "react";
import { buttonClass } from "@/components/button";
import { Hidden } from "@/components/form";
import { Refused } from "@/components/refused";
import { useScripted } from "@/components/scripted";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import { reactivateUser, resendInvite } from "../actions";
import type { NextPress } from "./answer";

/**
 * One press about an address that could not be invited. Without script a second form would lose the result it stands in,
 * so it is a link to the row's own page, where the same press is a button.
 */
export function Next({ next, email, organization }: { next: NextPress; email: string; organization: string }) {
  if (next.verb === "mail")
    return (
      <a href="/account/mail" className={`${buttonClass()} mt-2`}>
        Open Mail
        <span className="sr-only"> to lift what is held against {email}</span>
      </a>
    );
  if (next.verb !== "look")
    return <Press next={{ ...next, verb: next.verb }} email={email} organization={organization} />;
  return (
    <a href={`/account/users/invitations/${next.id}`} className={`${buttonClass()} mt-2`}>
      View invite
      <span className="sr-only"> for {email}</span>
    </a>
  );
}

type PressProps = { next: { verb: keyof typeof presses; id: string }; email: string; organization: string };

function Press({ next, email, organization }: PressProps) {
  const { label, field, action, page } = presses[next.verb];
  const [state, send] = useActionState(action, idle);
  const scripted = useScripted();
  const words = useRef<HTMLDivElement>(null);
  // The button that had focus may be gone; and words that get it are read out.
  useEffect(() => {
    if (state.status !== "idle") words.current?.focus();
  }, [state]);
  return (
    <div className="mt-2 space-y-2">
      {state.status === "done" ? null : scripted ? (
        <form action={send}>
          <Hidden name="organization" value={organization} />
          <input type="hidden" name={field} value={next.id} />
          <SubmitButton tone="plain">
            {label}
            <span className="sr-only"> for {email}</span>
          </SubmitButton>
        </form>
      ) : (
        <a href={`${page}/${next.id}`} className={buttonClass()}>
          {label}
        </a>
      )}
      <div ref={words} tabIndex={-1} className="empty:hidden">
        {state.status === "done" && <p className="wrap-anywhere">{state.value.words}</p>}
        {state.status === "refused" && <Refused state={state} />}
      </div>
    </div>
  );
}

const presses = {
  resend: {
    label: "Resend invite",
    field: "invitation",
    action: resendInvite,
    page: "/account/users/invitations",
  },
  reactivate: {
    label: "Re-activate user",
    field: "user",
    action: reactivateUser,
    page: "/account/users",
  },
} as const;
