import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { OrganizationId, SessionId, UserId } from "@/db/schema/ids";
import { changeAccount } from "@/lib/access/change";
import { done, type Result, refused } from "@/lib/result";
import { type Shown, stillStands } from "./attempt";
import { startSession } from "./session-rows";

/**
 * Starts a session for somebody who has shown their password, in the organization they were last active in, or in
 * `wanted` if they are an active member there. Refuses
 * `inactive` to someone who is an active member of none.
 */
export const enter = (shown: Shown, wanted?: OrganizationId): Promise<Result<SessionId>> =>
  changeAccount(shown.userId, async ({ tx, now, record }) => {
    if (!(await stillStands(tx, shown))) return refused({ code: "incorrect" });
    const active = await activeMemberships(tx, shown.userId);
    const organizationId = active.find((id) => id === wanted) ?? active[0];
    const left = organizationId ? null : await lastOrganization(tx, shown.userId);
    if (left) return refused({ code: "inactive", organization: left });
    const sessionId = await startSession(tx, shown.userId, organizationId ?? null, now);
    record({ action: "session.started", target: { type: "session", id: sessionId } });
    return done(sessionId);
  });

/** Locked, so that somebody deactivated at this moment either shows up as inactive here or has this session moved or ended. */
const activeMemberships = async (tx: Tx, userId: UserId): Promise<OrganizationId[]> => {
  const rows = await tx.execute<{ organization_id: OrganizationId }>(sql`
    select organization_id from memberships where user_id = ${userId} and deactivated_at is null
    order by last_active_at desc nulls last, joined_at desc, organization_id for share`);
  return rows.map((row) => row.organization_id);
};

const lastOrganization = async (tx: Tx, userId: UserId): Promise<string | null> => {
  const [row] = await tx.execute<{ name: string }>(sql`
    select o.name from memberships m join organizations o on o.id = m.organization_id
    where m.user_id = ${userId} order by m.deactivated_at desc limit 1`);
  return row?.name ?? null;
};
