import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { EmailAddress } from "@/components/email-address";
import { ActionForm } from "@/components/form";
import { InPlace } from "@/components/in-place";
import { QuietPage } from "@/components/page";
import { SubmitButton } from "@/components/submit-button";
import { Tick } from "@/components/tick";
import { viewer } from "@/lib/access/viewer";
import { asCopied } from "@/lib/auth/token";
import { openLink } from "@/lib/invitations/open-link";
import { mailIsConfigured } from "@/lib/outbox";
import { Contact } from "../../../contact";
import { sendResetFromInvite } from "./actions";

export const metadata: Metadata = { title: "Forgot password", robots: "noindex" };

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ sent?: string | string[] }> };

/** A new password for the invited address, and back: the mailed link leads to the invitation again. */
export default async function ForgotFromInvitePage({ params, searchParams }: Props) {
  const token = asCopied((await params).token);
  const opened = await openLink(token, await viewer());
  const sent = "sent" in (await searchParams);
  if (opened.state !== "existing-account") redirect(asRoute(`/join/${token}`));
  if (!mailIsConfigured()) redirect("/forgot-password");
  const address = (
    <b className="text-ink">
      <EmailAddress>{opened.offer.email}</EmailAddress>
    </b>
  );
  return (
    <QuietPage
      title="Forgot password"
      foot={
        <>
          <a href={`/join/${token}`}>Back to the invite</a>
          <Contact>Need help? Ask whoever invited you.</Contact>
        </>
      }
    >
      <InPlace state={sent ? "sent" : "asking"} led={sent}>
        {sent ? (
          <div className="space-y-3">
            <h2 tabIndex={-1}>Check your mail</h2>
            <p>
              A link to choose a new password is on its way to {address}. It works once, for 30 minutes, and leads back
              to the invite.
            </p>
            <p className="text-quiet">Nothing there? Look in the spam folder.</p>
          </div>
        ) : (
          <ActionForm action={sendResetFromInvite}>
            <input type="hidden" name="token" value={token} />
            <div>
              <p className="text-quiet">We'll mail you a link to choose a new one, which leads back to the invite:</p>
              <p>{address}</p>
            </div>
            <Tick name="forgot" label="I forgot my password." />
            <SubmitButton wide>Send reset link</SubmitButton>
          </ActionForm>
        )}
      </InPlace>
    </QuietPage>
  );
}

// An address with a token in it is ours, but not among the literal routes that Next knows.
const asRoute = (path: `/${string}`) => path as Route;
