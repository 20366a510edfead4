import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { GroupId } from "@/db/schema/ids";
import { coverage } from "@/lib/access/covers";
import type { Grant } from "@/lib/access/grant";
import { holdingOf, readGroupHoldings } from "@/lib/access/holding";
import { locate, type NamedPolicy } from "@/lib/access/named";
import type { Policy } from "@/lib/access/policy";
import { withReads } from "./parts";

/** What a change of a group's policies means: so many people gain this, or lose it. `who` is the same for the same people. */
export type Impact = NamedPolicy & Readonly<{ gains: boolean; people: number; who: string }>;

/**
 * What the active members of a group would gain and lose if these were its policies: each right and resource, implied
 * reads included, with how many people. Who has it through another group too, or is an owner, neither gains nor loses it.
 * Null for an unknown group or resource.
 */
export const impactOf = async (
  { organizationId }: Grant<"groups.read">,
  id: GroupId,
  policies: readonly Policy[],
): Promise<Impact[] | null> => {
  const wanted = (await locate(db(), organizationId, policies))?.map(({ policy }) => policy);
  // People who are in the same other groups gain and lose the same: they are counted together.
  const crowds = await db().execute<{ others: GroupId[]; people: number }>(sql`
    select others, count(*)::int as people from (
      select array(select other.group_id from group_members other where other.organization_id = gm.organization_id
        and other.user_id = gm.user_id and other.group_id <> gm.group_id order by other.group_id) as others
      from group_members gm
        join memberships m on m.organization_id = gm.organization_id and m.user_id = gm.user_id and m.deactivated_at is null
      where gm.organization_id = ${organizationId} and gm.group_id = ${id}) each_member
    group by others`);
  const ids = new Set([id, ...crowds.flatMap(({ others }) => others)]);
  const groups = new Map((await readGroupHoldings(db(), organizationId, [...ids])).map((group) => [group.id, group]));
  const group = groups.get(id);
  if (!group || !wanted) return null;

  const before = coverage(group.holding);
  const after = coverage(holdingOf(false, wanted));
  const touched = withReads([...group.policies, ...wanted]).filter((policy) => before(policy) !== after(policy));
  const changed = (await locate(db(), organizationId, touched)) ?? [];
  const elsewhere = new Map([...groups].map(([other, { holding }]) => [other, coverage(holding)]));
  return changed.flatMap(({ policy, names }) => {
    const has = new Map([...elsewhere].map(([other, gives]) => [other, gives(policy)]));
    const without = [...crowds.entries()].filter(([, { others }]) => !others.some((other) => has.get(other)));
    const people = without.reduce((sum, [, crowd]) => sum + crowd.people, 0);
    const who = without.map(([index]) => index).join();
    return people > 0 ? [{ policy, names, gains: after(policy), people, who }] : [];
  });
};
