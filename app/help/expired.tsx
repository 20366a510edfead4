import { AnyOf } from "@/components/people";
import { Time } from "@/components/time";
import type { Actor } from "@/lib/access/actor";
import { nameOf } from "@/lib/access/catalogue";
import type { InvitationRow } from "@/lib/directory/queries";
import { isOutOfReach, verbsFor, whyNotAgain } from "@/lib/directory/rules";
import type { Help } from "@/lib/help/queries";
import { wordsFor } from "@/lib/messages";
import { outOfReach } from "../account/users/words";
import { SendAgain } from "./send-again";

type Props = Pick<Help, "expired" | "senders" | "mail"> & { actor: Actor };

/** "The link has expired": what whoever was invited can do, and a press for each invite that this member may send again. */
export const Expired = ({ actor, expired: { rows }, senders, mail }: Props) => (
  <>
    {mail.kind !== "off" && (
      <p>
        Whoever was invited opens the link once more and presses <b>Ask for a new invite</b>.
      </p>
    )}
    {rows && (
      <SendAgain
        organization={actor.organizationId}
        rows={rows.map((row) => ({
          id: row.id,
          email: row.email,
          may: verbsFor(actor, row).includes("resend"),
          said: (
            <>
              Expired <Time at={row.expiresAt} relative date />. {whyNot(actor, row)}
            </>
          ),
        }))}
      />
    )}
    {senders.length > 0 && (
      <p>
        Sending an invite again takes <strong>{nameOf("access.create")}</strong>. Ask <AnyOf people={senders} />.
      </p>
    )}
  </>
);

const whyNot = (actor: Actor, row: InvitationRow): string | null => {
  if (isOutOfReach(actor, row)) return outOfReach;
  const never = whyNotAgain(actor, row);
  return never && wordsFor(never);
};
