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
  const to = <b>{masked(offer.email)}</b>;
  return (
    <End
      title={
        <>
          Join <span dir="auto">{offer.organization}</span>
        </>
      }
      next={<CodeForms token={token} challenge={waiting} />}
    >
      {waiting ? (
        <>A mail is on its way to {to}. Its 6 digits work for 10 minutes. Nothing there? Look in the spam folder.</>
      ) : (
        <>
          {asked !== undefined && "This code can't be used any more. "}
          <b dir="auto">{offer.sponsor.name}</b> invited {to}. This link was copied, so show first that the mailbox is
          yours: we'll send 6 digits there.
        </>
      )}
    </End>
  );
};
