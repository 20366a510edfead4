import { sql } from "drizzle-orm";
import { db, type Queryable } from "@/db/client";
import type { GroupId, OrganizationId, UserId } from "@/db/schema/ids";
import type { Actor } from "./actor";
import { rights as allRights, type Right, withImplied } from "./catalogue";
import { covers } from "./covers";
import { type Policy, policyOf, type ScopedPolicy, type Stored } from "./policy";

/**
 * Everything somebody holds in an organization, or a group gives: rights on the whole of it, implied ones included, and
 * policies on resources. Being an owner is more than every right.
 */
export type Holding = Readonly<{ owner: boolean; rights: ReadonlySet<Right>; scoped: readonly ScopedPolicy[] }>;

/** What policies amount to. An owner needs none. */
export const holdingOf = (owner: boolean, policies: readonly Policy[]): Holding => {
  if (owner) return { owner, rights: new Set(allRights), scoped: [] };
  const whole = policies.flatMap((policy) => (policy.on === null ? [policy.right] : []));
  const scoped = policies.flatMap((policy) => (policy.on === null ? [] : [policy]));
  return { owner, rights: withImplied(whole), scoped };
};

/** The policies of a query beside `policies p`, as `policyOf` reads them. */
const stored = sql`coalesce(json_agg(json_build_array(p.permission, p.operation, p.source_id, p.asset_id,
  (select a.schema_id from assets a where a.id = p.asset_id), p.domain_id)) filter (where p.id is not null), '[]')`;

const policiesOf = (rows: readonly Stored[]): Policy[] => rows.map(policyOf).filter((policy) => policy !== undefined);

/** What a user holds in an organization right now; null when they are no active member of it. */
export const readHolding = async (
  database: Queryable,
  organizationId: OrganizationId,
  userId: UserId,
): Promise<Holding | null> => {
  const [row] = await database.execute<{ owner: boolean; policies: Stored[] }>(sql`
    select held.owner, held.policies from memberships m, lateral (
      select coalesce(bool_or(g.built_in = 'owners'), false) as owner, ${stored} as policies
      from group_members gm
        join groups g on g.organization_id = gm.organization_id and g.id = gm.group_id
        left join policies p on p.group_id = g.id
      where gm.organization_id = m.organization_id and gm.user_id = m.user_id) held
    where m.organization_id = ${organizationId} and m.user_id = ${userId} and m.deactivated_at is null`);
  return row ? holdingOf(row.owner, policiesOf(row.policies)) : null;
};

/** A group with its policies, and what they amount to for its members. */
export type GroupHolding = Readonly<{
  id: GroupId;
  name: string;
  description: string;
  builtIn: "owners" | null;
  policies: readonly Policy[];
  holding: Holding;
}>;

/** The groups of an organization among `ids`, by name. Unknown and foreign ids are left out. */
export const readGroupHoldings = async (
  database: Queryable,
  organizationId: OrganizationId,
  ids: readonly GroupId[],
): Promise<GroupHolding[]> => {
  if (ids.length === 0) return [];
  const rows = await database.execute<GroupRow>(sql`
    select g.id, g.name, g.description, g.built_in, ${stored} as policies
    from groups g left join policies p on p.organization_id = g.organization_id and p.group_id = g.id
    where g.organization_id = ${organizationId} and g.id in ${ids}
    group by g.id order by lower(g.name)`);
  return rows.map(({ built_in: builtIn, ...row }) => {
    const policies = policiesOf(row.policies);
    return { ...row, builtIn, policies, holding: holdingOf(builtIn === "owners", policies) };
  });
};

type GroupRow = { id: GroupId; name: string; description: string; built_in: "owners" | null; policies: Stored[] };

/** One group of an organization; undefined for an unknown or foreign id. */
export const readGroupHolding = async (database: Queryable, organizationId: OrganizationId, id: GroupId) =>
  (await readGroupHoldings(database, organizationId, [id]))[0];

/** Which of these groups the actor may hand out: those that allow nothing they don't hold. For pages; commands decide again. */
export const readReach = async (
  actor: Actor,
  ids: readonly GroupId[],
  database: Queryable = db(),
): Promise<ReadonlySet<GroupId>> => {
  if (actor.owner || ids.length === 0) return new Set(ids);
  const [held, groups] = await Promise.all([
    readHolding(database, actor.organizationId, actor.userId),
    readGroupHoldings(database, actor.organizationId, ids),
  ]);
  return new Set(groups.filter((group) => held && covers(held, group.holding)).map(({ id }) => id));
};
