import { Badge } from "@/components/badge";
import { buttonClass } from "@/components/button";
import { EmailAddress } from "@/components/email-address";
import { Time } from "@/components/time";
import type { Actor } from "@/lib/access/actor";
import { mayTryAgain, type Undelivered } from "@/lib/directory/undelivered";
import type { Suppression } from "@/lib/suppressions/queries";
import { Delivery } from "../users/delivery";
import { wordsForMail } from "../users/words";
import { TryAgain } from "./tries";

const becauseOf = { bounced: "Bounced", complained: "Marked as spam" };

/** Suppressed addresses: why, since when, and for owners the way to lift it. */
export const suppressionColumns = (owner: boolean) => [
  { label: "Address", names: true, cell: ({ email }: Suppression) => <EmailAddress>{email}</EmailAddress> },
  {
    label: "Why",
    cell: ({ because, reason }: Suppression) => (
      <>
        <Badge tone="danger" icon="danger">
          {becauseOf[because]}
        </Badge>
        {reason && <span className="block text-sm text-quiet wrap-anywhere">{reason}</span>}
      </>
    ),
  },
  { label: "Since", cell: ({ since }: Suppression) => <Time at={since} relative /> },
  ...(owner
    ? [
        {
          label: "Lift",
          cell: ({ id, email }: Suppression) => (
            <a href={`/account/mail?lift=${id}`} className={buttonClass()}>
              <span className="whitespace-nowrap">Lift</span>
              <span className="sr-only"> what is held against {email}</span>
            </a>
          ),
        },
      ]
    : []),
];

/** Mails that didn't arrive: to whom, what became of them, and how that is mended: an invite's on its own page. */
export const undeliveredColumns = (reader: Actor) => [
  { label: "To", names: true, cell: ({ to }: Undelivered) => <EmailAddress>{to}</EmailAddress> },
  {
    label: "Mail",
    cell: ({ mail }: Undelivered) => wordsForMail(mail.kind),
  },
  {
    label: "What became of it",
    cell: ({ mail, invitationId }: Undelivered) => <Delivery mail={mail} whole={!invitationId} />,
  },
  { label: "Written", cell: ({ at }: Undelivered) => <Time at={at} relative /> },
  {
    label: "What to do",
    cell: (row: Undelivered) =>
      row.invitationId ? (
        <a href={`/account/users/invitations/${row.invitationId}`} className={buttonClass()}>
          <span className="whitespace-nowrap">View invite</span>
          <span className="sr-only"> for {row.to}</span>
        </a>
      ) : (
        <WithoutInvite row={row} reader={reader} />
      ),
  },
];

const WithoutInvite = ({ row, reader }: { row: Undelivered; reader: Actor }) => {
  const triable = mayTryAgain(reader, row);
  const told = triable ? "Or tell them yourself" : "Tell them yourself";
  return (
    <div className="space-y-2">
      {triable && <TryAgain mail={row.mail.id} to={row.to} />}
      <p className="text-quiet">
        {row.to === reader.email ? "It was for you: make sure that your mailbox takes mail" : told}
      </p>
    </div>
  );
};
