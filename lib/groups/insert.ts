import { sql } from "drizzle-orm";
import { groups } from "@/db/schema";
import type { GroupId, UserId } from "@/db/schema/ids";
import type { OrganizationChange } from "@/lib/access/change";
import type { NewGroupInput } from "./schema";

/** A new group with its first members; null when one of them is no member of the organization. */
export const insertGroup = async (
  change: OrganizationChange,
  { name, description, members }: NewGroupInput,
): Promise<GroupId | null> => {
  const { tx, organizationId } = change;
  const [group] = await tx.insert(groups).values({ organizationId, name, description }).returning({ id: groups.id });
  if (!group) throw new Error("No group came back from its insert");
  const added = await insertMembers(change, group.id, members);
  return added.length === members.length ? group.id : null;
};

/** Puts people into a group. Gives those who were not in it before, of those who are members of the organization. */
export const insertMembers = async (
  { tx, organizationId }: OrganizationChange,
  group: GroupId,
  users: readonly UserId[],
): Promise<UserId[]> => {
  const added = await tx.execute<{ user_id: UserId }>(sql`
    insert into group_members (organization_id, group_id, user_id)
    select m.organization_id, ${group}, m.user_id from memberships m
      join jsonb_array_elements_text(${JSON.stringify(users)}::jsonb) chosen on m.user_id = chosen.value::uuid
    where m.organization_id = ${organizationId}
    on conflict do nothing returning user_id`);
  return added.map((row) => row.user_id);
};
