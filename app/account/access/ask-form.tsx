"use client";

import { type ReactNode, useActionState } from "react";
import { TextArea } from "@/components/field";
import { Form, Hidden } from "@/components/form";
import { Notice } from "@/components/notice";
import { Quoted } from "@/components/quoted";
import { SubmitButton } from "@/components/submit-button";
import { idle, typedOf } from "@/lib/form";
import { askForAccess } from "./actions";

/** The form that asks for access; while a request waits, `waiting` stands in its place, below what came of the press. */
export function AskForm({ organization, waiting, note }: Props) {
  const [state, send] = useActionState(askForAccess, idle);
  if (!waiting) {
    return (
      <Form state={state} action={send}>
        <Hidden name="organization" value={organization} />
        <TextArea
          name="note"
          label="Note (optional)"
          hint="What would you like to see, and what for? Plain text, up to 500 characters."
          maxLength={500}
          required={false}
          dir="auto"
        />
        <SubmitButton>Request access</SubmitButton>
      </Form>
    );
  }
  const typed = typedOf(state, "note")?.replaceAll("\r\n", "\n").trim();
  return (
    <div className="space-y-4">
      <div role="status" className="empty:hidden">
        {state.status === "done" && <Notice tone="success">Your request is sent.</Notice>}
        {state.status === "refused" && (
          <Notice tone="warning">
            <p>{state.message}</p>
            {typed && typed !== note && (
              <>
                <p>What you typed now was not sent:</p>
                <Quoted>{typed}</Quoted>
              </>
            )}
          </Notice>
        )}
      </div>
      {waiting}
    </div>
  );
}

type Props = {
  organization: string;
  /** What is said of a request that waits; null when there is none. */
  waiting: ReactNode;
  /** The note of the request that waits. */
  note: string;
};
