import { sql } from "drizzle-orm";
import type { GroupId, InvitationId, UserId } from "@/db/schema/ids";
import type { OrganizationChange } from "@/lib/access/change";
import { authorSql, stateSql } from "./queries";
import type { State } from "./rules";

/** An invitation as it is while its row is locked: nobody else can end or renew it before this change is over. */
export type Locked = Readonly<{
  id: InvitationId;
  email: string;
  state: State;
  sends: number;
  lastSentAt: Date;
  lifetimeDays: number;
  message: string;
  author: Readonly<{ id: UserId; name: string }>;
  sponsorId: UserId;
  revokedById: UserId | null;
  groups: readonly GroupId[];
  /** Those it named that were deleted since. */
  deletedGroups: readonly GroupId[];
}>;

/**
 * Locks an invitation of this organization and then reads it, in a statement of its own: what was read before the wait
 * may have changed, and time may have run out. Null for one that isn't here.
 */
export const lockInvitation = async (
  { tx, organizationId }: Pick<OrganizationChange, "tx" | "organizationId">,
  id: InvitationId,
): Promise<Locked | null> => {
  await tx.execute(sql`
    select from invitations where organization_id = ${organizationId} and id = ${id} for update`);
  const [row] = await tx.execute<{
    email: string;
    state: State;
    sends: number;
    last_sent_at: string;
    lifetime_days: number;
    message: string;
    author: string;
    author_id: UserId;
    sponsor_id: UserId;
    revoked_by_id: UserId | null;
    groups: GroupId[];
    deleted_groups: GroupId[];
  }>(sql`
    select i.email, ${stateSql} as state, i.sends, i.last_sent_at, i.lifetime_days, i.message,
      ${authorSql} as author, coalesce(i.message_by_id, i.sponsor_id) as author_id, i.sponsor_id, i.revoked_by_id, i.deleted_groups,
      array(select ig.group_id from invitation_groups ig where ig.invitation_id = i.id) as groups
    from invitations i where i.organization_id = ${organizationId} and i.id = ${id}`);
  return row
    ? {
        id,
        email: row.email,
        state: row.state,
        sends: row.sends,
        lastSentAt: new Date(row.last_sent_at),
        lifetimeDays: row.lifetime_days,
        message: row.message,
        author: { id: row.author_id, name: row.author },
        sponsorId: row.sponsor_id,
        revokedById: row.revoked_by_id,
        groups: row.groups,
        deletedGroups: row.deleted_groups,
      }
    : null;
};
