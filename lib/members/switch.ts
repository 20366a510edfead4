import { sql } from "drizzle-orm";
import type { OrganizationId, SessionId, UserId } from "@/db/schema/ids";
import { changeAccount, unchanged } from "@/lib/access/change";
import { isLive } from "@/lib/auth/session-rows";
import { done, type Result, refused } from "@/lib/result";

type Person = Readonly<{ userId: UserId; sessionId: SessionId }>;

/**
 * Takes a person's session to another of their organizations; their other browsers stay where they are. Refuses
 * organizations they never belonged to, ones they are inactive in, and a session that has ended meanwhile.
 */
export const switchTo = ({ userId, sessionId }: Person, organizationId: OrganizationId): Promise<Result<null>> =>
  changeAccount(userId, async ({ tx, record }) => {
    // Whoever deactivates the person holds this row: they find the session where it then stands.
    await tx.execute(sql`select from users where id = ${userId} for share`);
    if (!(await isLive(tx, sessionId, userId))) return refused({ code: "signed-out" });
    const [wanted] = await tx.execute<{ name: string; active: boolean }>(sql`
      select o.name, m.deactivated_at is null as active from memberships m join organizations o on o.id = m.organization_id
      where m.organization_id = ${organizationId} and m.user_id = ${userId}`);
    if (!wanted) return refused({ code: "not-found" });
    if (!wanted.active) return refused({ code: "inactive", organization: wanted.name });
    const moved = await tx.execute(sql`
      update sessions set organization_id = ${organizationId}
      where id = ${sessionId} and organization_id is distinct from ${organizationId} returning 1`);
    if (moved.length === 0) return unchanged(null);
    record({
      action: "session.switched",
      target: { type: "session", id: sessionId },
      after: { organization: organizationId },
    });
    return done(null);
  });
