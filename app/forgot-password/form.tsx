"use client";

import { useActionState } from "react";
import { EmailAddress } from "@/components/email-address";
import { Field } from "@/components/field";
import { Form } from "@/components/form";
import { ResultHeading } from "@/components/result-heading";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import { sendResetLink } from "./actions";

export function ForgotForm() {
  const [state, send] = useActionState(sendResetLink, idle);
  if (state.status === "done") {
    return (
      <div role="status" className="space-y-3">
        <ResultHeading>Check your mail</ResultHeading>
        <p>
          If{" "}
          <b>
            <EmailAddress>{state.value}</EmailAddress>
          </b>{" "}
          has an account here, a link to choose a new password is on its way. It works once, for 30 minutes.
        </p>
        <p className="text-quiet">Nothing there? Look in the spam folder.</p>
      </div>
    );
  }
  return (
    <Form state={state} action={send}>
      <p className="text-quiet">We'll mail you a link to choose a new one.</p>
      <Field
        name="email"
        label="Email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <SubmitButton wide>Send reset link</SubmitButton>
    </Form>
  );
}
