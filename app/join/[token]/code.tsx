import type { ReactNode } from "react";
import { EmailAddress } from "@/components/email-address";
import { InPlace } from "@/components/in-place";
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
  return (
    <End
      title={
        <>
          Join <span dir="auto">{offer.organization}</span>
        </>
      }
      next={
        <InPlace state={waiting ?? "nothing sent"} led={waiting !== null}>
          <div className="space-y-6">
            {meanwhile}
            {waiting && <Waiting to={to} />}
            {waiting && <CodeForm key={waiting} token={token} challenge={waiting} />}
            {!waiting && asked !== undefined && (
              <Notice tone="warning">
                <p>This code can't be used any more.</p>
              </Notice>
            )}
            <div className={waiting ? "border-t border-line pt-5" : undefined}>
              <SendCodeForm token={token} to={to} another={waiting !== null} />
            </div>
          </div>
        </InPlace>
      }
    >
      <b dir="auto">{offer.sponsor.name}</b> invited <b>{to}</b>.
      {!waiting &&
        " This link didn't come by mail, so first show that the mailbox is yours: we'll send a code of 6 digits there."}
    </End>
  );
};

const Waiting = ({ to }: { to: ReactNode }) => (
  <div className="space-y-2">
    <h2 tabIndex={-1}>Check your mail</h2>
    <p>
      A mail is on its way to <b>{to}</b>. Its 6 digits work for 10 minutes. Nothing there? Look in the spam folder.
    </p>
  </div>
);
