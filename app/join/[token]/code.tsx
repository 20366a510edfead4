import { EmailAddress } from "@/components/email-address";
import { Notice } from "@/components/notice";
import { challengeField } from "@/lib/auth/challenges";
import type { Opened } from "@/lib/invitations/accept";
import { awaitsCode } from "@/lib/invitations/join-code";
import type { OfferShown } from "@/lib/invitations/queries";
import { masked } from "@/lib/invitations/rules";
import { End } from "./card";
import { CodeForms } from "./forms";

type Props = { offer: OfferShown; token: string; link: Opened; asked: string | string[] | undefined };

/** A copied link shows nothing of the mailbox: a code that is mailed there, and typed here, does. */
export const NeedsCode = async ({ offer, token, link, asked }: Props) => {
  const challenge = challengeField.safeParse(asked);
  const waiting = challenge.success && (await awaitsCode(link, challenge.data)) ? challenge.data : null;
  const to = (
    <b>
      <EmailAddress>{masked(offer.email)}</EmailAddress>
    </b>
  );
  return (
    <End
      title={
        <>
          Join <span dir="auto">{offer.organization}</span>
        </>
      }
      next={
        <>
          {!waiting && asked !== undefined && (
            <Notice tone="warning" role="status">
              <p>This code can't be used any more.</p>
            </Notice>
          )}
          <CodeForms token={token} challenge={waiting} />
        </>
      }
    >
      {waiting ? (
        <>A mail is on its way to {to}. Its 6 digits work for 10 minutes. Nothing there? Look in the spam folder.</>
      ) : (
        <>
          <b dir="auto">{offer.sponsor.name}</b> invited {to}. This link didn't come by mail, so first show that the
          mailbox is yours: we'll send a code of 6 digits there.
        </>
      )}
    </End>
  );
};
