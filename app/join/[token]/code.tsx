import type { ReactNode } from "react";
import { EmailAddress } from "@/components/email-address";
import { Notice } from "@/components/notice";
import { challengeField } from "@/lib/auth/challenges";
import type { Opened } from "@/lib/invitations/accept";
import { awaitsCode } from "@/lib/invitations/join-code";
import type { OfferShown } from "@/lib/invitations/queries";
import { masked } from "@/lib/invitations/rules";
import { End } from "./card";
import { CodeForm, SendCodeForm } from "./forms";

type Props = {
  offer: OfferShown;
  token: string;
  link: Opened;
  asked: string | string[] | undefined;
  meanwhile: ReactNode;
};

/** A copied link shows nothing of the mailbox: a code that is mailed there, and typed here, does. */
export const NeedsCode = async ({ offer, token, link, asked, meanwhile }: Props) => {
  const challenge = challengeField.safeParse(asked);
  const waiting = challenge.success && (await awaitsCode(link, challenge.data)) ? challenge.data : null;
  const to = <EmailAddress>{masked(offer.email)}</EmailAddress>;
  const title = (
    <>
      Join <span dir="auto">{offer.organization}</span>
    </>
  );
  const send = <SendCodeForm token={token} to={to} another={waiting !== null} />;
  if (waiting) {
    return (
      <End
        title={title}
        next={
          <>
            <div className="space-y-2">
              <h2 tabIndex={-1}>Check your mail</h2>
              <p>
                A mail is on its way to <b>{to}</b>. Its 6 digits work for 10 minutes. Nothing there? Look in the spam
                folder.
              </p>
            </div>
            <CodeForm key={waiting} token={token} challenge={waiting} />
            <div className="border-t border-line pt-5">{send}</div>
          </>
        }
      >
        <b dir="auto">{offer.sponsor.name}</b> invited <b>{to}</b>.
      </End>
    );
  }
  return (
    <End
      title={title}
      next={
        <>
          {meanwhile}
          {asked !== undefined && (
            <Notice tone="warning">
              <p>This code can't be used any more.</p>
            </Notice>
          )}
          {send}
        </>
      }
    >
      <b dir="auto">{offer.sponsor.name}</b> invited <b>{to}</b>. This link didn't come by mail, so first show that the
      mailbox is yours: we'll send a code of 6 digits there.
    </End>
  );
};
