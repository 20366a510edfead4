import type { Metadata } from "next";
import { ButtonLink } from "@/components/button";
import { EmailAddress } from "@/components/email-address";
import { ActionForm } from "@/components/form";
import { QuietPage } from "@/components/page";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import { readReset } from "@/lib/auth/reset";
import { asCopied } from "@/lib/auth/token";
import { answerWith } from "@/lib/http/exchange";
import { Contact } from "../../contact";
import { setPassword } from "./actions";

export const metadata: Metadata = { title: "Choose a new password", robots: "noindex" };

type Props = { params: Promise<{ token: string }> };

/** Where a reset link leads. Opening it changes nothing; the form needs a password that was typed. */
export default async function ResetPasswordPage({ params }: Props) {
  const token = asCopied((await params).token);
  const reset = await readReset(token);
  if (reset === null) {
    answerWith(404);
    return (
      <AskAgain title="We can't find this link" words="Check that the whole link was copied, or ask for another." />
    );
  }
  if (reset === "over") {
    return (
      <AskAgain title="This link can't be used any more" words="It works once, for 30 minutes. Ask for another." />
    );
  }
  return (
    <QuietPage
      title="Choose a new password"
      lead={
        <>
          For{" "}
          <b>
            <EmailAddress>{reset.email}</EmailAddress>
          </b>
          . You will be signed out on every device.
        </>
      }
      foot={contact}
    >
      <ActionForm action={setPassword}>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" autoComplete="username" value={reset.email} readOnly />
        <PasswordField name="password" label="New password" autoComplete="new-password" atLeast={12} />
        <SubmitButton wide>Change password</SubmitButton>
      </ActionForm>
    </QuietPage>
  );
}

const AskAgain = ({ title, words }: { title: string; words: string }) => (
  <QuietPage title={title} lead={words} foot={contact}>
    <ButtonLink href="/forgot-password" tone="main" wide>
      Ask for a new link
    </ButtonLink>
  </QuietPage>
);

const contact = <Contact>Need help? Ask an Owner of your organization.</Contact>;
