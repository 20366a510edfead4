import { ButtonLink } from "@/components/button";
import { EmailAddress } from "@/components/email-address";
import { Facts } from "@/components/facts";
import { Fresh } from "@/components/fresh";
import { Section, WidePage } from "@/components/page";
import { Time } from "@/components/time";
import { addressOf, type Params, readListing } from "@/lib/directory/listing";
import { type Event, readInvitationPast } from "@/lib/directory/past";
import { readRow } from "@/lib/directory/queries";
import { isOutOfReach, whyNotAgain } from "@/lib/directory/rules";
import { isOpen } from "@/lib/invitations/rules";
import { wordsFor } from "@/lib/messages";
import { gatedPage } from "../../../../gated-page";
import { NothingHere } from "../../../../nothing-here";
import { InvitationDelivery, isOnItsWay } from "../../delivery";
import { MailStanding } from "../../mail-standing";
import { Mails } from "../../mails";
import { Asked, Events, Presses } from "../../own-page";
import { ownTitle } from "../../own-title";
import { RowActions } from "../../row-actions";
import { GroupsOnJoining, InvitationStatus } from "../../status";
import { subjectOf } from "../../subject";
import { outOfReach, wordsOf } from "../../words";

type Props = { params: Promise<{ invitation: string }>; searchParams: Promise<Params> };

export const generateMetadata = async ({ params }: Props) => ownTitle("invitation", (await params).invitation);

/** One invitation: who invited whom until when, its mails, everything that happened to it, and what can be done. */
export default gatedPage(
  "access.read",
  "/account/users/invitations/[invitation]",
  async (granted, { params, searchParams }: Props) => {
    const row = await readRow(granted, (await params).invitation);
    const past = row?.kind === "invitation" ? await readInvitationPast(granted, row.id) : null;
    if (row?.kind !== "invitation" || !past) return <NothingHere />;
    const never = whyNotAgain(granted.actor, row);
    const asked = await searchParams;
    const listing = readListing(asked);
    const about = subjectOf(granted.actor, listing, row);
    const here = addressOf(`/account/users/invitations/${row.id}`, listing);
    return (
      <WidePage title={<EmailAddress>{row.email}</EmailAddress>} lead="Invite to your organization">
        <Fresh from="/account/users/changes" soon={isOnItsWay(row.mail)} />
        <MailStanding actor={granted.actor} />
        <RowActions
          organization={granted.organizationId}
          after={asked.corrected === "yes" && correctedFrom(past.events, row.email)}
        >
          <Asked about={about} asked={asked.ask} here={here} />
          <Section title="Invite" id="invite">
            <Facts
              facts={[
                ["Status", <InvitationStatus key="status" state={row.state} />],
                ["Invited by", <Invited key="by" by={past.invitedBy} at={past.createdAt} />],
                row.endedAt
                  ? ["Ended", <Time key="ended" at={row.endedAt} relative />]
                  : [
                      row.state === "expired" ? "Expired" : "Expires",
                      <Time key="expires" at={row.expiresAt} relative />,
                    ],
                // What an ended one gave stands in its history: groups that were deleted since would be missing here.
                ...(isOpen(row.state)
                  ? [
                      [
                        "Groups on joining",
                        <GroupsOnJoining key="groups" names={row.groups} deleted={past.deletedGroups} />,
                      ] as const,
                    ]
                  : []),
                [
                  "Sent",
                  // The mark speaks of the last sending alone: mail may have gone out before.
                  row.linkOnly && past.mails.length === 0 ? (
                    "Not by mail"
                  ) : row.sends === 1 ? (
                    "Once"
                  ) : (
                    <Sends key="sends" sends={row.sends} last={row.lastSentAt} />
                  ),
                ],
                ...(row.endedAt
                  ? []
                  : [["Delivery", <InvitationDelivery key="delivery" row={row} about={about} own />] as const]),
                ...(past.message ? [["Message", <q key="message">{past.message}</q>] as const] : []),
              ]}
            />
            <Presses about={about} here={here} />
            {isOutOfReach(granted.actor, row) && <p className="text-quiet">{outOfReach}</p>}
            {never && <p className="text-quiet">{wordsFor(never)}</p>}
          </Section>
          <Section title="Mails" id="mails">
            <Mails mails={past.mails} linkOnly={row.linkOnly} />
          </Section>
          <Section title="History" id="history">
            <Events events={past.events} earlier={past.earlier} wordsOf={wordsOf} />
          </Section>
        </RowActions>
        <p className="flex flex-wrap gap-3">
          <ButtonLink href={addressOf("/account/users", listing)}>Back to User Management</ButtonLink>
          {past.acceptedById && <ButtonLink href={`/account/users/${past.acceptedById}`}>View member</ButtonLink>}
        </p>
      </WidePage>
    );
  },
);

/** Said to whoever has just corrected an address; the history says so to everybody. */
const correctedFrom = (events: readonly Event[], email: string) => {
  const wrong = events.findLast(({ action, instead }) => instead && action !== "invitation.revoked")?.instead;
  return wrong && `${email} is invited, and the invite for ${wrong} is revoked.`;
};

const Invited = ({ by, at }: { by: string; at: Date }) => (
  <>
    <span dir="auto">{by}</span>, <Time at={at} relative />
  </>
);

const Sends = ({ sends, last }: { sends: number; last: Date }) => (
  <>
    {sends} times, the last <Time at={last} relative />
  </>
);
