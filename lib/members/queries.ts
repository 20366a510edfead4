import { sql } from "drizzle-orm";
import { db, type Queryable } from "@/db/client";
import type { UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { type Right, split } from "@/lib/access/catalogue";

/**
 * Active members who hold a right, owners first, at most five or `most`: whom to ask. Asked for by people who lack the
 * right, so it takes no grant and tells only names and addresses of their own organization.
 */
export const peopleWhoCan = async (
  right: Right,
  { organizationId }: Here,
  most = 5,
  database: Queryable = db(),
): Promise<{ name: string; email: string }[]> => {
  const [permission, operation] = split(right);
  return await database.execute<{ name: string; email: string }>(sql`
    select m.name, m.email from memberships m
      join group_members gm on gm.organization_id = m.organization_id and gm.user_id = m.user_id
      join groups g on g.id = gm.group_id
    where m.organization_id = ${organizationId} and m.deactivated_at is null and (g.built_in = 'owners' or exists (
      select from policies p where p.group_id = g.id and p.permission = ${permission}
        and (p.operation = ${operation} or ${operation} = 'read')))
    group by m.user_id, m.name, m.email order by bool_or(g.built_in = 'owners') desc nulls last, m.name limit ${most}`);
};

/** Where somebody is asked for: as an actor, a change, a genuine link's offer or a belonging has it, not any id there is. */
type Here = Pick<Actor, "organizationId">;

/** The active owners of an organization by name, at most five: who can grant what is missing. */
export const readOwners = async (
  { organizationId }: Here,
  database: Queryable = db(),
): Promise<{ name: string; email: string }[]> =>
  await database.execute<{ name: string; email: string }>(sql`
    select m.name, m.email from memberships m
      join group_members gm on gm.organization_id = m.organization_id and gm.user_id = m.user_id
      join groups g on g.id = gm.group_id and g.built_in = 'owners'
    where m.organization_id = ${organizationId} and m.deactivated_at is null order by m.name limit 5`);

/** Somebody of the organization, if they are an active member of it. */
export const readActive = async (
  { organizationId }: Here,
  userId: UserId,
  database: Queryable = db(),
): Promise<{ name: string; email: string } | null> => {
  const [row] = await database.execute<{ name: string; email: string }>(sql`
    select name, email from memberships
    where organization_id = ${organizationId} and user_id = ${userId} and deactivated_at is null`);
  return row ?? null;
};
