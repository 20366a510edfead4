import type { Metadata } from "next";
import { ButtonLink } from "@/components/button";
import { EmailAddress } from "@/components/email-address";
import { Field } from "@/components/field";
import { ActionForm } from "@/components/form";
import { Notice } from "@/components/notice";
import { QuietPage } from "@/components/page";
import { SubmitButton } from "@/components/submit-button";
import { readSignUp } from "@/lib/auth/sign-up-code";
import { NothingHere } from "../../nothing-here";
import { anotherCode, confirmCode } from "../actions";

export const metadata: Metadata = { title: "Check your mail", robots: "noindex" };

type Props = { params: Promise<{ challenge: string }>; searchParams: Promise<{ sent?: string | string[] }> };

/** Where the mailed code is typed. The same for every address, whether a code or other words were mailed to it. */
export default async function CodePage({ params, searchParams }: Props) {
  const { challenge } = await params;
  const waiting = await readSignUp(challenge);
  if (!waiting) return <NothingHere />;
  if (waiting.state === "used") {
    return (
      <QuietPage title="This code has been used" lead="The organization was created. Sign in to go on.">
        <ButtonLink href="/signin" tone="main" wide>
          Sign in
        </ButtonLink>
      </QuietPage>
    );
  }
  const again = (await searchParams).sent === "again";
  return (
    <QuietPage
      title={waiting.state === "open" ? "Check your mail" : "This code can't be used any more"}
      lead={
        <>
          {waiting.state === "open" ? "A mail is on its way to" : "Ask for another one: it goes to"}{" "}
          <b>
            <EmailAddress>{waiting.email}</EmailAddress>
          </b>
          {waiting.state === "open" ? ". Its 6 digits work for 10 minutes." : "."}
        </>
      }
      foot={<a href="/signup">Use another address</a>}
    >
      <div role="status" className="empty:hidden">
        {again && <Notice tone="success">Sent again. Only the code in the newest mail works.</Notice>}
      </div>
      {waiting.state === "open" && (
        <ActionForm action={confirmCode}>
          <input type="hidden" name="challenge" value={challenge} />
          <Field name="code" label="Code" inputMode="numeric" autoComplete="one-time-code" maxLength={12} />
          <SubmitButton wide>Create organization</SubmitButton>
        </ActionForm>
      )}
      <ActionForm action={anotherCode}>
        <input type="hidden" name="challenge" value={challenge} />
        <SubmitButton tone={waiting.state === "open" ? "plain" : "main"} wide>
          Send another code
        </SubmitButton>
      </ActionForm>
      <p className="text-sm text-quiet">Nothing there? Look in the spam folder before you ask for another one.</p>
    </QuietPage>
  );
}
