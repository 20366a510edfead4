import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groupMembers, groups, memberships, policies } from "@/db/schema";
import type { GroupId, OrganizationId, UserId } from "@/db/schema/ids";
import { type Right, split, withImplied } from "@/lib/access/catalogue";
import { change, unchanged } from "@/lib/access/change";
import { covers, readGroupHoldings } from "@/lib/access/covers";
import type { Grant } from "@/lib/access/grant";
import { done, type Result, refused } from "@/lib/result";
import type { GroupInput } from "./schema";

/** Makes a group without members or policies. Refuses a name that another group has, whatever its case. */
export const createGroup = (granted: Grant<"groups.create">, input: GroupInput): Promise<Result<GroupId>> =>
  change(granted, async ({ tx, organizationId, record }) => {
    const [group] = await tx
      .insert(groups)
      .values({ organizationId, ...input })
      .returning({ id: groups.id });
    if (!group) throw new Error("No group came back from its insert");
    record({ action: "group.created", target: { type: "group", id: group.id }, after: { name: input.name } });
    return done(group.id);
  });

/** Attaches rights to a group. Refuses Owners, and rights that the giver doesn't hold. */
export const addPolicies = (
  granted: Grant<"groups.create">,
  id: GroupId,
  rights: readonly Right[],
): Promise<Result<null>> =>
  change(granted, async ({ tx, organizationId, record, actor }) => {
    const group = await readGroup(tx, organizationId, id);
    if (!group) return refused({ code: "not-found" });
    if (group.builtIn) return refused({ code: "built-in-group" });
    const given = { owner: false, rights: withImplied(rights) };
    if (!covers(actor, given)) return refused({ code: "beyond-own-rights", group: group.name });
    const rows = rights.map((right) => {
      const [permission, operation] = split(right);
      return { organizationId, groupId: id, permission, operation };
    });
    const added = rows.length > 0 ? await tx.insert(policies).values(rows).onConflictDoNothing().returning() : [];
    if (added.length === 0) return unchanged(null);
    record({
      action: "group.policies_added",
      target: { type: "group", id },
      before: { rights: [...group.holding.rights] },
      after: { rights: [...new Set([...group.holding.rights, ...given.rights])] },
    });
    return done(null);
  });

/** Takes a right away from a group. Refuses Owners. */
export const removePolicy = (granted: Grant<"groups.delete">, id: GroupId, right: Right): Promise<Result<null>> =>
  change(granted, async ({ tx, organizationId, record }) => {
    const group = await readGroup(tx, organizationId, id);
    if (!group) return refused({ code: "not-found" });
    if (group.builtIn) return refused({ code: "built-in-group" });
    const [permission, operation] = split(right);
    const gone = await tx
      .delete(policies)
      .where(and(eq(policies.groupId, id), eq(policies.permission, permission), eq(policies.operation, operation)))
      .returning({ id: policies.id });
    if (gone.length === 0) return refused({ code: "not-found" });
    record({ action: "group.policy_removed", target: { type: "group", id }, before: { right } });
    return done(null);
  });

/** Puts a member into a group. Refuses a group that allows more than the giver may do, and Owners to all but owners. */
export const addMember = (granted: Grant<"groups.edit">, id: GroupId, userId: UserId): Promise<Result<null>> =>
  change(granted, async ({ tx, organizationId, record, actor }) => {
    const group = await readGroup(tx, organizationId, id);
    if (!group || !(await isMember(tx, organizationId, userId))) return refused({ code: "not-found" });
    if (group.builtIn && !actor.owner) return refused({ code: "owners-only" });
    if (!covers(actor, group.holding)) return refused({ code: "beyond-own-rights", group: group.name });
    const added = await tx
      .insert(groupMembers)
      .values({ organizationId, groupId: id, userId })
      .onConflictDoNothing()
      .returning();
    if (added.length === 0) return unchanged(null);
    record({ action: "group.member_added", target: { type: "group", id }, after: { user: userId } });
    return done(null);
  });

/**
 * Takes a member out of a group; only an owner takes somebody out of Owners. The last active owner stays: the database
 * refuses at the commit, also when two owners do it to each other, because both hold the organization's lock in turn.
 */
export const removeMember = (granted: Grant<"groups.edit">, id: GroupId, userId: UserId): Promise<Result<null>> =>
  change(granted, async ({ tx, organizationId, record, actor }) => {
    const group = await readGroup(tx, organizationId, id);
    if (!group) return refused({ code: "not-found" });
    if (group.builtIn && !actor.owner) return refused({ code: "owners-only" });
    const gone = await tx
      .delete(groupMembers)
      .where(and(eq(groupMembers.groupId, id), eq(groupMembers.userId, userId)))
      .returning({ userId: groupMembers.userId });
    if (gone.length === 0) return refused({ code: "not-found" });
    record({ action: "group.member_removed", target: { type: "group", id }, before: { user: userId } });
    return done(null);
  });

/** Gives a group another name or description. Refuses Owners, and a name that another group has. */
export const renameGroup = (granted: Grant<"groups.edit">, id: GroupId, input: GroupInput): Promise<Result<null>> =>
  change(granted, async ({ tx, organizationId, record }) => {
    const group = await readGroup(tx, organizationId, id);
    if (!group) return refused({ code: "not-found" });
    if (group.builtIn) return refused({ code: "built-in-group" });
    const [before] = await tx
      .select({ name: groups.name, description: groups.description })
      .from(groups)
      .where(eq(groups.id, id));
    if (before?.name === input.name && before.description === input.description) return unchanged(null);
    await tx.update(groups).set(input).where(eq(groups.id, id));
    record({ action: "group.changed", target: { type: "group", id }, before, after: { ...input } });
    return done(null);
  });

/** Deletes a group with its policies; its members keep what other groups give them. Refuses Owners. */
export const deleteGroup = (granted: Grant<"groups.delete">, id: GroupId): Promise<Result<null>> =>
  change(granted, async ({ tx, organizationId, record }) => {
    const group = await readGroup(tx, organizationId, id);
    if (!group) return refused({ code: "not-found" });
    if (group.builtIn) return refused({ code: "built-in-group" });
    await tx.delete(groups).where(eq(groups.id, id));
    record({
      action: "group.deleted",
      target: { type: "group", id },
      before: { name: group.name, rights: [...group.holding.rights] },
    });
    return done(null);
  });

const readGroup = async (tx: Tx, organizationId: OrganizationId, id: GroupId) =>
  (await readGroupHoldings(tx, organizationId, [id]))[0];

const isMember = async (tx: Tx, organizationId: OrganizationId, userId: UserId): Promise<boolean> => {
  const found = await tx
    .select({ one: sql`1` })
    .from(memberships)
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)));
  return found.length > 0;
};
