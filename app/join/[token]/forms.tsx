import type { ReactNode } from "react";
import { Field } from "@/components/field";
import { ActionForm } from "@/components/form";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import { Tick } from "@/components/tick";
import {
  askForInvite,
  confirmCode,
  declineInvite,
  goToOrganization,
  joinAsNew,
  joinSignedIn,
  joinWithPassword,
  sendCode,
  signInInstead,
  switchAccount,
} from "./actions";

type Props = { token: string };

/** For an address that has no account: a name, a password, and in. */
export const JoinForm = ({ token, email }: Props & { email: string }) => (
  <ActionForm action={joinAsNew}>
    <Hidden token={token} email={email} />
    <Field name="name" label="Your name" autoComplete="name" maxLength={64} dir="auto" />
    <PasswordField name="password" label="Password" autoComplete="new-password" atLeast={12} />
    <SubmitButton wide>Join your organization</SubmitButton>
    <p className="text-sm text-quiet">You'll be signed in right away.</p>
  </ActionForm>
);

/** For an address that has an account: its password, here on this page. */
export const SignInAndJoinForm = ({ token, email }: Props & { email: string }) => (
  <ActionForm action={joinWithPassword}>
    <Hidden token={token} email={email} />
    <PasswordField
      name="password"
      label="Password"
      autoComplete="current-password"
      hint="This address has an account already."
    />
    <SubmitButton wide>Sign in and join</SubmitButton>
    <p className="text-sm">
      <a href={`/join/${token}/forgot-password`}>Forgot password?</a>
    </p>
  </ActionForm>
);

/** For the invited person, signed in. */
export const SignedInForm = ({ token }: Props) => (
  <ActionForm action={joinSignedIn}>
    <Hidden token={token} />
    <SubmitButton wide>Join your organization</SubmitButton>
  </ActionForm>
);

/** For a copied link: the place to type the code that was mailed. */
export const CodeForm = ({ token, challenge }: Props & { challenge: string }) => (
  <ActionForm action={confirmCode}>
    <Hidden token={token} />
    <input type="hidden" name="challenge" value={challenge} />
    <Field name="code" label="Code" inputMode="numeric" autoComplete="one-time-code" maxLength={12} />
    <SubmitButton wide>Continue</SubmitButton>
  </ActionForm>
);

/** A code to the invited address. The box is empty: a scanner that submits what it finds would use up the day's codes. */
export const SendCodeForm = ({ token, to, another }: Props & { to: ReactNode; another: boolean }) => (
  <ActionForm action={sendCode}>
    <Hidden token={token} />
    <Tick name="mailbox" label={<>I can read the mail to {to}.</>} />
    <SubmitButton wide tone={another ? "plain" : "main"}>
      {another ? "Send another code" : "Send me a code"}
    </SubmitButton>
  </ActionForm>
);

/** Says no. The box is empty, so that a mail scanner that submits what it finds says nothing. */
export const DeclineForm = ({ token, organization }: Props & { organization: ReactNode }) => (
  <div className="border-t border-line pt-5">
    <ActionForm action={declineInvite}>
      <Hidden token={token} />
      <Tick name="decline" label={<>I don't want to join {organization}.</>} />
      <SubmitButton wide tone="plain">
        Decline
      </SubmitButton>
    </ActionForm>
  </div>
);

/** Asks for another invitation once this one is over. */
export const AskForm = ({ token, organization }: Props & { organization: ReactNode }) => (
  <ActionForm action={askForInvite}>
    <Hidden token={token} />
    <Tick name="ask" label={<>I'd like to join {organization}.</>} />
    <SubmitButton wide>Ask for a new invite</SubmitButton>
  </ActionForm>
);

/** For somebody else: out, and back to this page. */
export const SwitchForm = ({ token }: Props) => (
  <ActionForm action={switchAccount}>
    <Hidden token={token} />
    <SubmitButton wide>Switch account</SubmitButton>
  </ActionForm>
);

/** For somebody else, where the account that was joined with leads on: out, to the sign-in page, and back here from there. */
export const SignInInsteadForm = ({ token }: Props) => (
  <ActionForm action={signInInstead}>
    <Hidden token={token} />
    <SubmitButton wide>Sign in</SubmitButton>
  </ActionForm>
);

/** For a member: in. */
export const GoForm = ({ token, organization }: Props & { organization: string }) => (
  <ActionForm action={goToOrganization}>
    <Hidden token={token} />
    <SubmitButton wide>
      <span className="min-w-0">
        Go to <bdi>{organization}</bdi>
      </span>
    </SubmitButton>
  </ActionForm>
);

/** The invitation this form speaks of (not the one another tab shows), and the address for password managers. */
const Hidden = ({ token, email }: { token: string; email?: string }) => (
  <>
    <input type="hidden" name="token" value={token} />
    {email && <input type="email" value={email} readOnly hidden autoComplete="username" />}
  </>
);
