import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ButtonLink } from "@/components/button";
import { Field } from "@/components/field";
import { ActionForm } from "@/components/form";
import { QuietPage } from "@/components/page";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import { viewer } from "@/lib/access/viewer";
import { asksForSetupCode } from "@/lib/auth/setup";
import { signUpOpen } from "@/lib/auth/sign-up";
import { answerWith } from "@/lib/http/exchange";
import { wordsFor } from "@/lib/messages";
import { createOrganization } from "./actions";

export const metadata: Metadata = { title: "Create organization" };

export default async function SignUpPage() {
  if (await viewer()) redirect("/sources");
  if (!(await signUpOpen())) return <Closed />;
  const first = await asksForSetupCode();
  return (
    <QuietPage
      title="Create organization"
      lead="You become its first owner, and invite everyone else."
      foot={
        <p>
          Already have an account? <a href="/signin">Sign in</a>
        </p>
      }
    >
      <ActionForm action={createOrganization}>
        {first && (
          <Field
            name="setupCode"
            label="Setup code"
            hint="Printed where the server was started. It shows that this server is yours."
            autoComplete="off"
            spellCheck={false}
          />
        )}
        <Field name="organizationName" label="Organization name" autoComplete="organization" maxLength={64} />
        <Field name="name" label="Your name" autoComplete="name" maxLength={64} />
        <Field
          name="email"
          label="Work email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <PasswordField name="password" label="Password" autoComplete="new-password" atLeast={12} />
        <SubmitButton wide>Create organization</SubmitButton>
      </ActionForm>
    </QuietPage>
  );
}

const Closed = () => {
  answerWith(403);
  return (
    <QuietPage title="Create organization" lead={wordsFor({ code: "sign-up-closed" })}>
      <ButtonLink href="/signin" tone="main" wide>
        Sign in
      </ButtonLink>
    </QuietPage>
  );
};
