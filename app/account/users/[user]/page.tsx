import { ButtonLink } from "@/components/button";
import { EmailAddress } from "@/components/email-address";
import { Facts } from "@/components/facts";
import { Section, WidePage } from "@/components/page";
import { Time } from "@/components/time";
import { readAccess } from "@/lib/directory/access";
import { addressOf, type Params, readListing } from "@/lib/directory/listing";
import { readMemberPast } from "@/lib/directory/past";
import { readRow } from "@/lib/directory/queries";
import { blockFor } from "@/lib/directory/rules";
import { gatedPage } from "../../../gated-page";
import { NothingHere } from "../../../nothing-here";
import { EffectiveAccess } from "../access";
import { Asked, Events, Presses } from "../own-page";
import { ownTitle } from "../own-title";
import { RowActions } from "../row-actions";
import { Groups, MemberStatus } from "../status";
import { subjectOf } from "../subject";
import { wordsForBlock, wordsOf } from "../words";

type Props = { params: Promise<{ user: string }>; searchParams: Promise<Params> };

export const generateMetadata = async ({ params }: Props) => ownTitle("member", (await params).user);

/** One member: how they stand, what they belong to, and what can be done. */
export default gatedPage("access.read", "/account/users/[user]", async (granted, { params, searchParams }: Props) => {
  const member = await readRow(granted, (await params).user);
  if (member?.kind !== "member") return <NothingHere />;
  const asked = await searchParams;
  const listing = readListing(asked);
  const past = await readMemberPast(granted, member.id);
  const about = subjectOf(granted.actor, listing, member);
  const here = addressOf(`/account/users/${member.id}`, listing);
  const block = granted.actor.rights.has("access.edit") && blockFor(granted.actor, member);
  return (
    <WidePage title={<span dir="auto">{member.name}</span>} lead={<EmailAddress>{member.email}</EmailAddress>}>
      <RowActions organization={granted.organizationId}>
        <Asked about={about} asked={asked.ask} here={here} />
        <Section title="Membership" id="membership">
          <Facts
            facts={[
              ["Status", <MemberStatus key="status" {...member} />],
              ["Groups", <Groups key="groups" names={member.groups} all />],
              ["Joined", <Time key="joined" at={member.joinedAt} relative />],
              [
                "Last active",
                member.lastActiveAt ? <Time key="active" at={member.lastActiveAt} relative /> : "Not yet",
              ],
            ]}
          />
          <Presses about={about} here={here} />
          {block && (
            <p className="text-quiet">{wordsForBlock(block === "yourself" && past.lastOwner ? "last-owner" : block)}</p>
          )}
        </Section>
        <Section title="Effective access" id="access">
          <EffectiveAccess
            access={await readAccess(granted, member.id)}
            active={member.active}
            asked={asked.from}
            here={(from) => (from ? `${here}${here.includes("?") ? "&" : "?"}from=${from}` : here)}
          />
        </Section>
        {past.events.length > 0 && (
          <Section title="History" id="history">
            <Events events={past.events} earlier={past.earlier} wordsOf={wordsOf} />
          </Section>
        )}
      </RowActions>
      <p className="flex flex-wrap gap-3">
        <ButtonLink href={addressOf("/account/users", listing)}>Back to User Management</ButtonLink>
        {past.invitationId && (
          <ButtonLink href={`/account/users/invitations/${past.invitationId}`}>View invite</ButtonLink>
        )}
      </p>
    </WidePage>
  );
});
