import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { GroupId, UserId } from "@/db/schema/ids";
import type { Grant } from "@/lib/access/grant";
import { type NamedPolicy, readPolicies } from "@/lib/access/named";
import { isId } from "@/lib/access/policy";
import { type Page, type Paging, readPage } from "@/lib/paging";
import { containing } from "@/lib/search";

export type GroupRow = Readonly<{
  id: GroupId;
  name: string;
  description: string;
  builtIn: "owners" | null;
  members: number;
  policies: number;
}>;

const columns = sql`g.id, g.name, g.description, g.built_in as "builtIn",
  (select count(*)::int from group_members gm where gm.group_id = g.id) as members,
  (select count(*)::int from policies p where p.group_id = g.id) as policies`;

/** Every group of the organization, Owners first, then by name. */
export const listGroups = async ({ organizationId }: Grant<"groups.read">): Promise<GroupRow[]> =>
  await db().execute<GroupRow>(sql`
    select ${columns} from groups g where g.organization_id = ${organizationId}
    order by g.built_in nulls last, lower(g.name)`);

export type GroupWhole = GroupRow & Readonly<{ createdAt: Date; named: NamedPolicy[] }>;

/** One group with its policies and the names of what they are on; null for any other id. */
export const readGroup = async ({ organizationId }: Grant<"groups.read">, id: string): Promise<GroupWhole | null> => {
  if (!isId<GroupId>(id)) return null;
  const [row] = await db().execute<GroupRow & { created_at: string }>(sql`
    select ${columns}, g.created_at from groups g where g.organization_id = ${organizationId} and g.id = ${id}`);
  if (!row) return null;
  const { created_at: createdAt, ...group } = row;
  return { ...group, createdAt: new Date(createdAt), named: await readPolicies(db(), organizationId, [row.id]) };
};

/** What a group is called; null for any other id. */
export const readGroupName = async ({ organizationId }: Grant<"groups.read">, id: string): Promise<string | null> => {
  if (!isId<GroupId>(id)) return null;
  const [row] = await db().execute<{ name: string }>(
    sql`select name from groups where organization_id = ${organizationId} and id = ${id}`,
  );
  return row?.name ?? null;
};

export type GroupMember = Readonly<{ id: UserId; name: string; email: string; active: boolean }>;
export type MembersPage = Page<GroupMember>;

/** So many members are shown at a time, like in User Management. */
export const membersPageSize = 25;

/** One page of the members of a group by name; nobody for any other id. */
export const readGroupMembers = (granted: Grant<"groups.read">, id: string, paging: Paging): Promise<MembersPage> =>
  readMembersPage(granted, id, paging, { in: true });

/**
 * The active members who are not in a group, or of no group yet (null), by name: whom one could add. `q` is any part of
 * a name or address.
 */
export const readCandidates = (granted: Grant<"groups.read">, id: string | null, q: string): Promise<MembersPage> =>
  readMembersPage(granted, id ?? nobodysId, { q, page: null }, { in: false, q });

// No group has it, so everybody is outside.
const nobodysId = "00000000-0000-0000-0000-000000000000";

/** Some members of the organization, or of one group, by name, active or not. Unknown and foreign ids are left out. */
export const readPeople = async (
  { organizationId }: Grant<"groups.read">,
  ids: readonly UserId[],
  group?: GroupId,
): Promise<GroupMember[]> =>
  await db().execute<GroupMember>(sql`
    select m.user_id as id, m.name, m.email, m.deactivated_at is null as active from memberships m
    where m.organization_id = ${organizationId}
      and m.user_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
      ${group ? sql`and m.user_id in (select gm.user_id from group_members gm where gm.group_id = ${group})` : sql``}
    order by lower(m.name), m.user_id`);

const readMembersPage = async (
  { organizationId }: Grant<"groups.read">,
  id: string,
  paging: Paging,
  asked: { in: true } | { in: false; q: string },
): Promise<MembersPage> => {
  if (!isId<GroupId>(id)) return { rows: [], next: null, previous: null };
  const belongs = sql`exists (select from group_members gm where gm.group_id = ${id} and gm.user_id = m.user_id
    and gm.organization_id = m.organization_id)`;
  const fits = asked.in
    ? belongs
    : sql`not ${belongs} and m.deactivated_at is null and (lower(m.name) || ' ' || m.email) like ${containing(asked.q)}`;
  return readPage(paging, { key: sql`lower(m.name)`, id: sql`m.user_id`, size: membersPageSize }, ({ rest, tail }) =>
    db().execute<GroupMember & { key: string }>(sql`
      select m.user_id as id, m.name, m.email, m.deactivated_at is null as active, lower(m.name) as key from memberships m
      where m.organization_id = ${organizationId} and ${fits} and ${rest} ${tail}`),
  );
};
