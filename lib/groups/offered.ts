import { sql } from "drizzle-orm";
import { db, type Queryable } from "@/db/client";
import type { GroupId, InvitationId, OrganizationId, UserId } from "@/db/schema/ids";
import type { Grant } from "@/lib/access/grant";
import { readReach } from "@/lib/access/holding";
import { inWords, type NamedPolicy, readFirstPolicies } from "@/lib/access/named";

/** A group somebody can be put into, with what it lets people see and do in one line. */
export type OfferedGroup = Readonly<{
  id: GroupId;
  name: string;
  owners: boolean;
  lets: string;
  /** Whether it allows more than the actor may do, who then can't put anybody into it. */
  beyond: boolean;
}>;

/** The groups this actor may put somebody into, Owners first, and of the others those in `held`. */
export const readOffered = async (
  { actor, organizationId }: Grant<"groups.edit">,
  held: readonly GroupId[] = [],
): Promise<OfferedGroup[]> => {
  const groups = await db().execute<{ id: GroupId; name: string; owners: boolean }>(sql`
    select id, name, built_in is not null as owners from groups where organization_id = ${organizationId}
    order by built_in nulls last, lower(name)`);
  const reach = await readReach(
    actor,
    groups.map(({ id }) => id),
  );
  const shown = groups.filter(({ id }) => reach.has(id) || held.includes(id));
  const described = await withLets(db(), organizationId, shown);
  return described.map((group) => ({ ...group, beyond: !reach.has(group.id) }));
};

/** These groups of an organization, each with what it lets people see and do. */
export const withLets = async <Group extends { id: GroupId; owners: boolean }>(
  database: Queryable,
  organizationId: OrganizationId,
  groups: readonly Group[],
): Promise<(Group & { lets: string })[]> => {
  const ids = groups.map(({ id }) => id);
  // One more than is named where there are many: where there are only so many, none is left to be counted.
  const given = await readFirstPolicies(database, organizationId, ids, mostNamed + 1);
  return groups.map((group) => {
    const { first, all } = given.get(group.id) ?? { first: [], all: 0 };
    return { ...group, lets: group.owners ? "Everything in this organization" : lineOf(first, all) };
  });
};

const mostNamed = 3;

/** The first few of all the things that policies let people see and do, and how many more. */
const lineOf = (first: readonly NamedPolicy[], all: number): string => {
  if (all === 0) return "Lets nobody see anything yet";
  const named = first.slice(0, all > mostNamed + 1 ? mostNamed : all).map(inWords);
  const more = all - named.length;
  const line = new Intl.ListFormat("en").format(more > 0 ? [...named, `${more.toLocaleString("en")} more`] : named);
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}`;
};

/** The groups that a member is in, or that an invitation gives. None for any other id. */
export const readHeld = async (
  { organizationId }: Grant<"groups.edit">,
  id: UserId | InvitationId,
): Promise<GroupId[]> => {
  const rows = await db().execute<{ id: GroupId }>(sql`
    select group_id as id from group_members where organization_id = ${organizationId} and user_id = ${id}
    union all select group_id from invitation_groups where organization_id = ${organizationId} and invitation_id = ${id}`);
  return rows.map((row) => row.id);
};
