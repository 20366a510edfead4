import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { GroupId, InvitationId } from "@/db/schema/ids";
import type { OrganizationChange } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { openSql } from "./queries";

/**
 * Lets the open invitations that name a group go on without it, for it is about to be deleted. Each keeps that it did:
 * whoever vouches for it is told when it is accepted.
 */
export const loseGroup = async ({ tx, organizationId, record }: OrganizationChange, group: GroupId): Promise<void> => {
  const losing = await tx.execute<{ id: InvitationId }>(sql`
    update invitations i set deleted_groups = i.deleted_groups || ${group}::uuid from invitation_groups ig
    where ig.organization_id = ${organizationId} and ig.group_id = ${group} and i.id = ig.invitation_id and ${openSql}
    returning i.id`);
  for (const { id } of losing) {
    const target = { type: "invitation" as const, id };
    record({ action: "invitation.group_deleted", target, before: { groups: [group] } });
  }
};

/** How many open invitations name this group. */
export const countInvitationsTo = async ({ organizationId }: Grant<"groups.read">, group: GroupId): Promise<number> => {
  const [row] = await db().execute<{ count: number }>(sql`
    select count(*)::int from invitation_groups ig join invitations i on i.id = ig.invitation_id
    where ig.organization_id = ${organizationId} and ig.group_id = ${group} and ${openSql}`);
  return row?.count ?? 0;
};
