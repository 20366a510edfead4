"use client";

import { Field } from "@/components/field";
import { ActionForm } from "@/components/form";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import type { FormAction } from "@/lib/form";

type Props<T = null> = { action: FormAction<T>; token: string };

/** For an address that has no account: a name, a password, and in. */
export const JoinForm = ({ action, token, email }: Props & { email: string }) => (
  <ActionForm action={action}>
    <Hidden token={token} email={email} />
    <Field name="name" label="Your name" autoComplete="name" maxLength={64} dir="auto" />
    <PasswordField name="password" label="Password" autoComplete="new-password" atLeast={12} />
    <SubmitButton wide>Join your organization</SubmitButton>
    <p className="text-sm text-quiet">You'll be signed in right away.</p>
  </ActionForm>
);

/** For an address that has an account: its password, here on this page. */
export const SignInAndJoinForm = ({ action, token, email }: Props & { email: string }) => (
  <ActionForm action={action}>
    <Hidden token={token} email={email} />
    <PasswordField
      name="password"
      label="Password"
      autoComplete="current-password"
      hint="This address has an account already."
    />
    <SubmitButton wide>Sign in and join</SubmitButton>
    <p className="text-sm">
      <a href="/forgot-password">Forgot password?</a>
    </p>
  </ActionForm>
);

/** For the invited person, signed in. */
export const SignedInForm = ({ action, token }: Props) => (
  <ActionForm action={action}>
    <Hidden token={token} />
    <SubmitButton wide>Join your organization</SubmitButton>
  </ActionForm>
);

/** For somebody else: out, and back to this page. */
export const SwitchForm = ({ action, token }: Props<string>) => (
  <ActionForm action={action}>
    <Hidden token={token} />
    <SubmitButton wide>Switch account</SubmitButton>
  </ActionForm>
);

/** The invitation this form speaks of (not the one another tab shows), and the address for password managers. */
const Hidden = ({ token, email }: { token: string; email?: string }) => (
  <>
    <input type="hidden" name="token" value={token} />
    {email && <input type="email" value={email} readOnly hidden autoComplete="username" />}
  </>
);
