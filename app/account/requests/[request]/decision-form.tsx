"use client";

import { useActionState } from "react";
import { TextArea } from "@/components/field";
import { Form, Hidden } from "@/components/form";
import { Notice } from "@/components/notice";
import { Quoted } from "@/components/quoted";
import { SubmitButton } from "@/components/submit-button";
import { idle, typedOf } from "@/lib/form";
import type { OfferedGroup } from "@/lib/groups/offered";
import { GroupTicks } from "../../users/group-ticks";
import { decideRequest } from "../actions";

/** The form that decides a request; once that was done by whomever, only why this press changed nothing. */
export function DecisionForm({ organization, request, waits, choices }: Props) {
  const [state, send] = useActionState(decideRequest, idle);
  if (!waits) {
    const typed = typedOf(state, "answer")?.trim();
    return (
      <div role="status" className="empty:hidden">
        {state.status === "refused" && (
          <Notice tone="warning">
            <p>{state.message}</p>
            {typed && (
              <>
                <p>Your answer was not sent. You had typed:</p>
                <Quoted>{typed}</Quoted>
              </>
            )}
          </Notice>
        )}
      </div>
    );
  }
  return (
    <Form state={state} action={send}>
      <Hidden name="organization" value={organization} />
      <Hidden name="request" value={request} />
      {choices.length > 0 ? (
        <GroupTicks legend="Groups" choices={choices} />
      ) : (
        <p>Every group allows more than you may do yourself, so you can't grant this. Ask an owner to decide.</p>
      )}
      <TextArea
        name="answer"
        label="Answer (optional)"
        hint="They read it with the decision. Plain text, up to 500 characters."
        maxLength={500}
        required={false}
        dir="auto"
      />
      <div className="flex flex-wrap gap-3">
        {choices.length > 0 && (
          <SubmitButton name="step" value="grant">
            Grant access
          </SubmitButton>
        )}
        <SubmitButton name="step" value="refuse" tone="danger">
          Refuse
        </SubmitButton>
      </div>
    </Form>
  );
}

type Props = {
  organization: string;
  request: string;
  waits: boolean;
  /** The groups that this person may hand out. */
  choices: readonly OfferedGroup[];
};
