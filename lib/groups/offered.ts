import { sql } from "drizzle-orm";
import { db, type Queryable } from "@/db/client";
import type { GroupId, InvitationId, OrganizationId, UserId } from "@/db/schema/ids";
import type { Grant } from "@/lib/access/grant";
import { readReach } from "@/lib/access/holding";
import { inWords, type NamedPolicy, readPolicies } from "@/lib/access/named";

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
  const given = new Map(groups.map(({ id }): [GroupId, NamedPolicy[]] => [id, []]));
  for (const policy of await readPolicies(database, organizationId, [...given.keys()]))
    given.get(policy.group)?.push(policy);
  return groups.map((group) => ({
    ...group,
    lets: group.owners ? "Everything in this organization" : lineOf(given.get(group.id) ?? []),
  }));
};

const mostNamed = 3;

/** The first few things that policies let people see and do, what is on resources before the rest, and how many more. */
export const lineOf = (policies: readonly NamedPolicy[]): string => {
  const [whole, scoped] = [policies.filter(({ policy }) => !policy.on), policies.filter(({ policy }) => policy.on)];
  const all = [...scoped, ...whole];
  if (all.length === 0) return "Lets nobody see anything yet";
  const named = all.slice(0, all.length > mostNamed + 1 ? mostNamed : all.length).map(inWords);
  const more = all.length - named.length;
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
