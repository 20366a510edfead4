import { sql } from "drizzle-orm";
import type { GroupId, UserId } from "@/db/schema/ids";
import { change, type MembersChange, unchanged } from "@/lib/access/change";
import { covers } from "@/lib/access/covers";
import type { Grant } from "@/lib/access/grant";
import { type GroupHolding, readGroupHolding, readGroupHoldings } from "@/lib/access/holding";
import { done, type Result, refused } from "@/lib/result";
import { chosenFrom } from "./chosen";
import { insertMembers } from "./insert";
import { tellNewOwners } from "./new-owners";

/** Puts members into a group. Refuses a group that allows more than the giver may do, and Owners to all but owners. */
export const addMembers = (
  granted: Grant<"groups.edit">,
  id: GroupId,
  users: readonly UserId[],
): Promise<Result<null>> =>
  change(granted, async (change) => {
    const group = await readGroupHolding(change.tx, change.organizationId, id);
    if (!group || !(await areMembers(change, users))) return refused({ code: "not-found" });
    return settle(await move(change, group, users, []));
  });

/**
 * Takes a member out of a group; only an owner takes somebody out of Owners. The last active owner stays: the database
 * refuses at the commit, also when two owners do it to each other, because both hold the organization's lock in turn.
 */
export const removeMember = (granted: Grant<"groups.edit">, id: GroupId, userId: UserId): Promise<Result<null>> =>
  change(granted, async (change) => {
    const group = await readGroupHolding(change.tx, change.organizationId, id);
    if (!group) return refused({ code: "not-found" });
    const moved = await move(change, group, [], [userId]);
    return moved.ok && !moved.value ? refused({ code: "not-found" }) : settle(moved);
  });

/**
 * Makes these the groups of a member. `had` are those they were in when the form was drawn: what others changed since
 * stays; without `had`, `ids` is all there is. Refuses as adding them to and removing them from each would.
 */
export const setGroups = (
  granted: Grant<"groups.edit">,
  userId: UserId,
  ids: readonly GroupId[],
  had?: readonly GroupId[],
): Promise<Result<null>> =>
  change(granted, async (change) => {
    const { tx, organizationId } = change;
    const rows = await tx.execute<{ group_id: GroupId }>(sql`
      select group_id from group_members where organization_id = ${organizationId} and user_id = ${userId}`);
    const held = rows.map((row) => row.group_id);
    const [before, after] = [new Set(held), new Set(chosenFrom(held, ids, had))];
    const touched = [...new Set([...before, ...after])].filter((id) => before.has(id) !== after.has(id));
    const groups = await readGroupHoldings(tx, organizationId, touched);
    if (groups.length < touched.length || !(await areMembers(change, [userId]))) return refused({ code: "not-found" });
    let any = false;
    for (const group of groups) {
      const moved = await move(
        change,
        group,
        after.has(group.id) ? [userId] : [],
        before.has(group.id) ? [userId] : [],
      );
      if (!moved.ok) return moved;
      any ||= moved.value;
    }
    return any ? done(null) : unchanged(null);
  });

/**
 * Puts a member into groups as a part of a change under way, with whatever else that changes. Gives the groups by name,
 * those they were in before included. Refuses as adding them to each would; null when one of the groups doesn't exist.
 */
export const joinGroups = async (
  change: MembersChange,
  userId: UserId,
  ids: readonly GroupId[],
): Promise<Result<GroupHolding[]> | null> => {
  const groups = await readGroupHoldings(change.tx, change.organizationId, ids);
  if (groups.length < new Set(ids).size) return null;
  for (const group of groups) {
    const moved = await move(change, group, [userId], []);
    if (!moved.ok) return moved;
  }
  return done(groups);
};

const settle = (moved: Result<boolean>) => (!moved.ok ? moved : moved.value ? done(null) : unchanged(null));

/** Puts some people into a group and takes others out, with an event for each. Tells whether anything changed. */
const move = async (
  change: MembersChange,
  group: GroupHolding,
  joining: readonly UserId[],
  leaving: readonly UserId[],
): Promise<Result<boolean>> => {
  const { actor, record } = change;
  if (group.builtIn && !actor.owner) return refused({ code: "owners-only" });
  if (joining.length > 0 && !covers(actor, group.holding))
    return refused({ code: "beyond-own-rights", group: group.name });
  const target = { type: "group" as const, id: group.id };
  const joined = joining.length > 0 ? await insertMembers(change, group.id, joining) : [];
  for (const user of joined) record({ action: "group.member_added", target, after: { user } });
  if (group.builtIn) await tellNewOwners(change, actor, group.id, joined);
  const left = leaving.length > 0 ? await deleteMembers(change, group.id, leaving) : [];
  for (const user of left) record({ action: "group.member_removed", target, before: { user } });
  return done(joined.length + left.length > 0);
};

/** Gives those who were in the group. */
const deleteMembers = async ({ tx, organizationId }: MembersChange, group: GroupId, users: readonly UserId[]) => {
  const rows = await tx.execute<{ user_id: UserId }>(sql`
    delete from group_members where organization_id = ${organizationId} and group_id = ${group}
      and user_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(users)}::jsonb))
    returning user_id`);
  return rows.map((row) => row.user_id);
};

/** Whether all of these are members of the organization, active or not. */
const areMembers = async ({ tx, organizationId }: MembersChange, users: readonly UserId[]): Promise<boolean> => {
  const found = await tx.execute(sql`
    select from memberships where organization_id = ${organizationId}
      and user_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(users)}::jsonb))`);
  return found.length === new Set(users).size;
};
