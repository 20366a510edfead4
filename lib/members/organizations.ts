import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { OrganizationId, SessionId, UserId } from "@/db/schema/ids";
import { changeAccount, unchanged } from "@/lib/access/change";
import { isLive } from "@/lib/auth/session-rows";
import { done, type Result, refused } from "@/lib/result";

/** An organization that a person belongs to; in one where they are inactive they can't stand. */
export type Belonging = Readonly<{ id: OrganizationId; name: string; active: boolean }>;

/** The organizations a person belongs to: those they are active in first, by name. */
export const organizationsOf = async (userId: UserId): Promise<Belonging[]> =>
  await db().execute<Belonging>(sql`
    select o.id, o.name, m.deactivated_at is null as active
    from memberships m join organizations o on o.id = m.organization_id
    where m.user_id = ${userId} order by active desc, lower(o.name), o.id`);

type Person = Readonly<{ userId: UserId; sessionId: SessionId }>;

/**
 * Lets a person's session stand in another organization of theirs from the next request on; their other browsers stay
 * where they are. Refuses organizations they never belonged to like ones that don't exist, those they are inactive in by
 * name, and a session that has ended meanwhile.
 */
export const switchTo = ({ userId, sessionId }: Person, organizationId: OrganizationId): Promise<Result<null>> =>
  changeAccount(userId, async ({ tx, record }) => {
    // Whoever deactivates this person holds the row too: they come before, and are seen here, or find the session moved.
    await tx.execute(sql`select from users where id = ${userId} for share`);
    if (!(await isLive(tx, sessionId, userId))) return refused({ code: "signed-out" });
    const [wanted] = await tx.execute<{ name: string; active: boolean }>(sql`
      select o.name, m.deactivated_at is null as active from memberships m join organizations o on o.id = m.organization_id
      where m.organization_id = ${organizationId} and m.user_id = ${userId}`);
    if (!wanted) return refused({ code: "not-found" });
    if (!wanted.active) return refused({ code: "inactive", organization: wanted.name });
    const moved = await tx.execute(sql`
      update sessions set organization_id = ${organizationId}, left_organization_id = null
      where id = ${sessionId} and organization_id is distinct from ${organizationId} returning 1`);
    if (moved.length === 0) return unchanged(null);
    record({
      action: "session.switched",
      target: { type: "session", id: sessionId },
      after: { organization: organizationId },
    });
    return done(null);
  });

/** Lets a session forget that it was moved: its person has read so. Nothing of theirs changes by it. */
export const hasRead = async ({ sessionId }: Person): Promise<void> => {
  await db().execute(sql`update sessions set left_organization_id = null where id = ${sessionId}`);
};
