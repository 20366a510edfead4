import { sql } from "drizzle-orm";
import type { GroupId, UserId } from "@/db/schema/ids";
import type { OrganizationChange } from "@/lib/access/change";
import { enqueue, mailIsConfigured } from "@/lib/outbox";

/**
 * Tells people by mail that somebody has just made them owners, in the transaction that did. Who can't come in isn't told.
 * Nobody is told what they did themselves: it takes an owner to make one.
 */
export const tellNewOwners = async (
  { tx, organizationId, organizationName: organization }: OrganizationChange,
  by: { name: string },
  group: GroupId,
  users: readonly UserId[],
): Promise<void> => {
  if (!mailIsConfigured()) return;
  const told = await tx.execute<{ email: string }>(sql`
    select email from memberships where organization_id = ${organizationId} and deactivated_at is null
      and user_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(users)}::jsonb)) order by email`);
  await enqueue(
    tx,
    told.map(({ email: to }) => ({ kind: "made-owner", to, organizationId, organization, group, by: by.name })),
  );
};
