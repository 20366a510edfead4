import { Badge } from "@/components/badge";
import { DataTable } from "@/components/data-table";
import { EmailAddress } from "@/components/email-address";
import { Section } from "@/components/page";
import { PageLinks } from "@/components/page-links";
import type { Actor } from "@/lib/access/actor";
import type { GroupMember, GroupWhole, MembersPage } from "@/lib/groups/queries";
import { pageAddress } from "@/lib/paging";
import { RemoveMember } from "./press-forms";

type Props = {
  actor: Actor;
  group: GroupWhole;
  page: MembersPage;
  mayRemove: boolean;
  children: React.ReactNode;
};

/** Who is in the group, and, in `children`, who could be. */
export const Members = ({ actor, group, page, mayRemove, children }: Props) => (
  <Section
    title={`Members (${group.members.toLocaleString("en")})`}
    id="members"
    lead={
      group.builtIn
        ? "Owners can do everything, including changing or removing anybody's access. Only owners decide who else is one, and one active owner always stays."
        : "Everybody here has what the policies of this group allow, from the moment they are in it."
    }
  >
    {page.rows.length > 0 ? (
      <DataTable
        caption="Members"
        columns={[person(actor), ...(mayRemove ? [removal(group)] : [])]}
        rows={page.rows}
        keyOf={({ id }) => id}
      />
    ) : (
      <p className="text-quiet">Nobody is in this group, so its policies reach nobody.</p>
    )}
    <PageLinks
      previous={page.previous && pageAddress(`/account/groups/${group.id}`, { page: page.previous }, "_member")}
      next={page.next && pageAddress(`/account/groups/${group.id}`, { page: page.next }, "_member")}
    />
    {children}
  </Section>
);

const person = (actor: Actor) => ({
  label: "Person",
  names: true,
  cell: ({ id, name, email, active }: GroupMember) => (
    <div className="@max-table:pr-14">
      <span className="inline-flex flex-wrap items-center gap-x-2">
        <bdi className="font-medium">{name}</bdi>
        {id === actor.userId && <Badge tone="accent">You</Badge>}
        {!active && <Badge icon="off">Inactive</Badge>}
      </span>
      <span className="block text-sm text-quiet">
        <EmailAddress>{email}</EmailAddress>
      </span>
    </div>
  ),
});

const removal = (group: GroupWhole) => ({
  label: "Membership",
  corner: true,
  cell: (member: GroupMember) => (
    <RemoveMember
      user={member.id}
      name={member.name}
      href={`/account/groups/${group.id}?ask=${member.id}`}
      {...removalWords(group, member)}
    />
  ),
});

/** What is asked before somebody is taken out. */
export const removalWords = ({ name, builtIn }: GroupWhole, member: GroupMember) => ({
  title: `Remove ${member.name} from ${name}?`,
  body: builtIn
    ? `${member.email} is then no owner any more, and keeps only what other groups give them.`
    : `${member.email} loses at once what only this group gives them. They stay in the organization, and can be added again.`,
});
