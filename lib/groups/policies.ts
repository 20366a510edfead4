import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { GroupId } from "@/db/schema/ids";
import { change, type OrganizationChange, unchanged } from "@/lib/access/change";
import { coverage } from "@/lib/access/covers";
import type { Grant } from "@/lib/access/grant";
import { readGroupHolding } from "@/lib/access/holding";
import { asRows, inWords, locate, type NamedPolicy } from "@/lib/access/named";
import { bringersOf, keyOf, type Policy } from "@/lib/access/policy";
import { done, type Result, refused } from "@/lib/result";
import { without } from "./parts";

/**
 * Attaches policies to a group. Refuses Owners, resources that don't exist in this organization, and what the giver
 * doesn't hold. `seen` is the state of the group that the person chose from: another one by now is refused.
 */
export const addPolicies = (
  granted: Grant<"groups.create">,
  id: GroupId,
  policies: readonly Policy[],
  seen?: string,
): Promise<Result<null>> =>
  change(granted, async (change) => {
    const group = await readGroupHolding(change.tx, change.organizationId, id);
    const given = group && (await locate(change.tx, change.organizationId, policies))?.map(bare);
    if (!given) return refused({ code: "not-found" });
    if (group.builtIn) return refused({ code: "built-in-group" });
    if (isOutdated(group.policies, seen)) return refused({ code: "changed-meanwhile" });
    const held = coverage(change.actor);
    const beyond = given.find((policy) => !held(policy));
    if (beyond) return refused({ code: "beyond-own-rights", missing: beyond.right });
    const added = without(given, group.policies);
    if (added.length === 0) return unchanged(null);
    await insert(change, id, added);
    change.record({
      action: "group.policies_added",
      target: { type: "group", id },
      after: { added: added.map(keyOf) },
    });
    return done(null);
  });

/**
 * Takes a policy away from a group. Refuses Owners, one that the group doesn't have, and a read that another policy of the
 * group brings along: it would go on holding.
 */
export const removePolicy = (granted: Grant<"groups.delete">, id: GroupId, policy: Policy): Promise<Result<null>> =>
  change(granted, async (change) => {
    const group = await readGroupHolding(change.tx, change.organizationId, id);
    if (!group) return refused({ code: "not-found" });
    if (group.builtIn) return refused({ code: "built-in-group" });
    const before = group.policies.map(keyOf);
    if (!before.includes(keyOf(policy))) return refused({ code: "not-found" });
    const bringers = bringersOf(policy).filter((one) => before.includes(keyOf(one)));
    if (bringers.length > 0) {
      const named = (await locate(change.tx, change.organizationId, bringers)) ?? [];
      return refused({ code: "brought-along", by: named.map(inWords) });
    }
    await remove(change, id, [policy]);
    change.record({
      action: "group.policy_removed",
      target: { type: "group", id },
      before: { removed: [keyOf(policy)] },
    });
    return done(null);
  });

/** Stands for the policies a group has, whatever their order: it differs as soon as somebody has changed them. */
export const versionOf = (policies: readonly Policy[]): string =>
  createHash("sha256").update(policies.map(keyOf).toSorted().join(" ")).digest("base64url");

/**
 * Makes these the policies of a group, and no others. Refuses as adding would, but only what the group gains: what it
 * allowed before it may go on allowing, also in a narrower form, whoever saves. `seen` as for adding.
 */
export const setPolicies = (
  granted: Grant<"groups.edit">,
  id: GroupId,
  policies: readonly Policy[],
  seen?: string,
): Promise<Result<null>> =>
  change(granted, async (change) => {
    const group = await readGroupHolding(change.tx, change.organizationId, id);
    const wanted = group && (await locate(change.tx, change.organizationId, policies))?.map(bare);
    if (!wanted) return refused({ code: "not-found" });
    if (group.builtIn) return refused({ code: "built-in-group" });
    if (isOutdated(group.policies, seen)) return refused({ code: "changed-meanwhile" });
    const [added, removed] = [without(wanted, group.policies), without(group.policies, wanted)];
    const [held, had] = [coverage(change.actor), coverage(group.holding)];
    const beyond = added.find((policy) => !held(policy) && !had(policy));
    if (beyond) return refused({ code: "beyond-own-rights", missing: beyond.right });
    if (added.length + removed.length === 0) return unchanged(null);
    await remove(change, id, removed);
    await insert(change, id, added);
    change.record({
      action: "group.policies_changed",
      target: { type: "group", id },
      before: { removed: removed.map(keyOf) },
      after: { added: added.map(keyOf) },
    });
    return done(null);
  });

const isOutdated = (policies: readonly Policy[], seen: string | undefined): boolean =>
  seen !== undefined && seen !== versionOf(policies);

const bare = ({ policy }: NamedPolicy): Policy => policy;

const insert = async ({ tx, organizationId }: OrganizationChange, id: GroupId, policies: readonly Policy[]) => {
  await tx.execute(sql`
    insert into policies (organization_id, group_id, permission, operation, source_id, asset_id, domain_id)
    select ${organizationId}, ${id}, w.permission, w.operation, w."sourceId", w."assetId", w."domainId"
    from ${asRows(policies)}`);
};

const remove = async ({ tx, organizationId }: OrganizationChange, id: GroupId, policies: readonly Policy[]) => {
  await tx.execute(sql`
    delete from policies p using ${asRows(policies)}
    where p.organization_id = ${organizationId} and p.group_id = ${id}
      and (p.permission, p.operation) = (w.permission, w.operation) and p.source_id is not distinct from w."sourceId"
      and p.asset_id is not distinct from w."assetId" and p.domain_id is not distinct from w."domainId"`);
};
