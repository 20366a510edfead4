import { eq, sql } from "drizzle-orm";
import { groups } from "@/db/schema";
import type { GroupId } from "@/db/schema/ids";
import { change, unchanged } from "@/lib/access/change";
import { covers } from "@/lib/access/covers";
import type { Grant } from "@/lib/access/grant";
import { readGroupHolding } from "@/lib/access/holding";
import { keyOf } from "@/lib/access/policy";
import { loseGroup } from "@/lib/invitations/lose-group";
import { type Drawn, merged } from "@/lib/meanwhile";
import { done, type Result, refused } from "@/lib/result";
import { insertGroup } from "./insert";
import type { GroupInput, NewGroupInput } from "./schema";

/** Makes a group without policies. Refuses a name that another group has, whatever its case, and unknown members. */
export const createGroup = (granted: Grant<"groups.create">, input: NewGroupInput): Promise<Result<GroupId>> =>
  change(granted, async (change) => {
    const id = await insertGroup(change, input);
    if (!id) return refused({ code: "not-found" });
    const { name, description, members } = input;
    change.record({ action: "group.created", target: { type: "group", id }, after: { name, description, members } });
    return done(id);
  });

/**
 * Makes a group with the policies of another, but members of its own. Refuses Owners, and a group that allows more than
 * the actor may do.
 */
export const duplicateGroup = (
  granted: Grant<"groups.create">,
  original: GroupId,
  input: NewGroupInput,
): Promise<Result<GroupId>> =>
  change(granted, async (change) => {
    const { tx, organizationId, actor, record } = change;
    const group = await readGroupHolding(tx, organizationId, original);
    if (!group) return refused({ code: "not-found" });
    if (group.builtIn) return refused({ code: "built-in-group" });
    if (!covers(actor, group.holding)) return refused({ code: "beyond-own-rights", group: group.name });
    const id = await insertGroup(change, input);
    if (!id) return refused({ code: "not-found" });
    await tx.execute(sql`
      insert into policies (organization_id, group_id, permission, operation, source_id, asset_id, domain_id)
      select organization_id, ${id}, permission, operation, source_id, asset_id, domain_id from policies
      where organization_id = ${organizationId} and group_id = ${original}`);
    const { name, description, members } = input;
    const policies = group.policies.map(keyOf);
    record({
      action: "group.created",
      target: { type: "group", id },
      after: { name, description, members, policies, copyOf: original },
    });
    return done(id);
  });

/**
 * Gives a group another name or description; what others changed of it since the form was `drawn` stays. Refuses Owners, a
 * name that another group has, and what two changed at once.
 */
export const renameGroup = (
  granted: Grant<"groups.edit">,
  id: GroupId,
  input: GroupInput,
  drawn?: Drawn,
): Promise<Result<null>> =>
  change(granted, async ({ tx, organizationId, record }) => {
    const group = await readGroupHolding(tx, organizationId, id);
    if (!group) return refused({ code: "not-found" });
    if (group.builtIn) return refused({ code: "built-in-group" });
    const before = { name: group.name, description: group.description };
    const settled = merged(before, { name: input.name, description: input.description }, drawn);
    if (!settled.ok) return settled;
    const after = settled.value;
    if (before.name === after.name && before.description === after.description) return unchanged(null);
    await tx.update(groups).set(after).where(eq(groups.id, id));
    record({ action: "group.changed", target: { type: "group", id }, before, after });
    return done(null);
  });

/**
 * Deletes a group with its policies; its members keep what other groups give them, and open invitations go on without
 * it, each with an event of its own. Refuses Owners.
 */
export const deleteGroup = (granted: Grant<"groups.delete">, id: GroupId): Promise<Result<null>> =>
  change(granted, async (change) => {
    const { tx, organizationId, record } = change;
    const group = await readGroupHolding(tx, organizationId, id);
    if (!group) return refused({ code: "not-found" });
    if (group.builtIn) return refused({ code: "built-in-group" });
    const members = await tx.execute<{ user_id: string }>(sql`
      select user_id from group_members where organization_id = ${organizationId} and group_id = ${id} order by user_id`);
    await loseGroup(change, id);
    await tx.delete(groups).where(eq(groups.id, id));
    record({
      action: "group.deleted",
      target: { type: "group", id },
      before: {
        name: group.name,
        description: group.description,
        policies: group.policies.map(keyOf),
        members: members.map((row) => row.user_id),
      },
    });
    return done(null);
  });
