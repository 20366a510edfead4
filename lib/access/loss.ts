import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { GroupId } from "@/db/schema/ids";
import type { Actor } from "./actor";
import { isWhole } from "./catalogue";
import type { OrganizationChange } from "./change";
import { readGroupHoldings } from "./holding";
import { keyOf, type Policy } from "./policy";
import { type Giver, givesInWords, letSee, type On, readGivers } from "./who";

/** What people lose with a source or domain. */
export type Loss = Readonly<{
  /** How many active members see it now. */
  people: number;
  /** How many groups have policies on it, and what those of the first of them give, for whoever may see groups. */
  groups: number;
  losing: readonly Giver[];
}>;

/** So many groups are named before somebody decides. */
const mostNamed = 8;

const onIt = (on: On): SQL => ("source" in on ? sql`p.source_id = ${on.source}` : sql`p.domain_id = ${on.domain}`);

/** What goes for whom when a source or domain is deleted. */
export const readLoss = async (actor: Actor, on: On): Promise<Loss> => {
  const groups = await db().execute<{ id: GroupId }>(sql`
    select g.id from groups g where g.organization_id = ${actor.organizationId}
      and exists (select from policies p where p.group_id = g.id and ${onIt(on)}) order by lower(g.name)`);
  const named = actor.rights.has("groups.read") ? groups.slice(0, mostNamed).map(({ id }) => id) : [];
  const givers = await readGivers(actor.organizationId, on, named);
  return {
    people: await countSeers(actor, letSee(on)),
    groups: groups.length,
    losing: named
      .map((id) => givers.get(id))
      .filter((giver) => giver !== undefined)
      .map((giver) => ({ ...giver, gives: giver.gives.filter(({ right }) => !isWhole(right)) })),
  };
};

/** How many active members see something that is in a source: for all of them it is out of sight while it is disabled. */
export const countInside = (actor: Actor, { source }: Extract<On, { source: unknown }>): Promise<number> =>
  countSeers(actor, sql`p.source_id = ${source} and p.permission = 'assets'`);

/** Active owners, and active members of groups with such a policy `p`. */
const countSeers = async ({ organizationId }: Actor, letsSee: SQL): Promise<number> => {
  const [row] = await db().execute<{ people: number }>(sql`
    select count(distinct m.user_id)::int as people from groups g
      join group_members gm on gm.organization_id = g.organization_id and gm.group_id = g.id
      join memberships m on m.organization_id = gm.organization_id and m.user_id = gm.user_id and m.deactivated_at is null
    where g.organization_id = ${organizationId}
      and (g.built_in = 'owners' or exists (select from policies p where p.group_id = g.id and ${letsSee}))`);
  return row?.people ?? 0;
};

/** What it means for people, sentence by sentence. */
export const lossInWords = ({ people, groups, losing }: Loss): string[] => {
  const unnamed = groups - losing.length;
  return [
    `${counted(people, "person sees", "people see")} it now, and no longer will.`,
    ...losing.map(({ name, gives }) => `${name} can no longer: ${gives.map(givesInWords).join("; ")}.`),
    ...(unnamed > 0
      ? [`${counted(unnamed, "group loses its policies", "groups lose their policies")} on it.`]
      : groups === 0
        ? ["No group has a policy on it."]
        : []),
  ];
};

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/**
 * Writes down for each group which policies it loses, for a source or domain is about to be deleted with all of those on
 * it.
 */
export const recordLoss = async ({ tx, organizationId, record }: OrganizationChange, on: On): Promise<void> => {
  const losing = await tx.execute<{ id: GroupId }>(sql`
    select distinct p.group_id as id from policies p where p.organization_id = ${organizationId} and ${onIt(on)}`);
  const ids = losing.map(({ id }) => id);
  for (const { id, policies } of await readGroupHoldings(tx, organizationId, ids)) {
    record({
      action: "group.policies_changed",
      target: { type: "group", id },
      before: { removed: policies.filter((policy) => isOn(policy, on)).map(keyOf) },
    });
  }
};

const isOn = ({ on: it }: Policy, on: On): boolean => {
  if (it === null) return false;
  if ("source" in on) return "source" in it && it.source === on.source;
  return "domain" in it && it.domain === on.domain;
};
