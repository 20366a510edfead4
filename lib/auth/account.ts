import { and, desc, eq, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { sessions, users } from "@/db/schema";
import type { SessionId, UserId } from "@/db/schema/ids";
import { changeAccount, unchanged } from "@/lib/access/change";
import { done, type Result, refused } from "@/lib/result";
import type { Shown } from "./attempt";
import { endChallenges } from "./challenges";
import { endSessions } from "./session-rows";

/** Changes a person's name everywhere they are a member: the database carries it on. */
export const rename = (userId: UserId, name: string): Promise<Result<null>> =>
  changeAccount(userId, async ({ tx, record }) => {
    const renamed = await tx
      .update(users)
      .set({ name })
      .where(and(eq(users.id, userId), sql`name <> ${name}`))
      .returning({ id: users.id });
    if (renamed.length === 0) return unchanged(null);
    record({ action: "user.renamed", target: { type: "user", id: userId } });
    return done(null);
  });

/**
 * Gives an account a new password, for whoever has just shown the old one. Ends its other sessions, reset links and
 * codes. Refuses `incorrect` when the old one was changed meanwhile.
 */
export const changePassword = (shown: Shown, passwordHash: string, keep: SessionId): Promise<Result<null>> =>
  changeAccount(shown.userId, async ({ tx, now, record }) => {
    const { userId } = shown;
    const changed = await tx
      .update(users)
      .set({ passwordHash, passwordChangedAt: now })
      .where(and(eq(users.id, userId), eq(users.passwordHash, shown.passwordHash)))
      .returning({ id: users.id });
    if (changed.length === 0) return refused({ code: "incorrect" });
    const ended = await endSessions(tx, userId, keep);
    await endChallenges(tx, userId);
    record({ action: "user.password_changed", target: { type: "user", id: userId }, after: { sessionsEnded: ended } });
    return done(null);
  });

/** Whether mail tells a person what became of the invitations they sent, in whichever organization. */
export const readHearsOfInvites = async (userId: UserId): Promise<boolean> => {
  const [person] = await db().select({ hears: users.hearsOfInvites }).from(users).where(eq(users.id, userId));
  return person?.hears ?? false;
};

/** Turns such mail on or off; what waits to be told is not sent once it is off. */
export const hearOfInvites = (userId: UserId, hears: boolean): Promise<Result<null>> =>
  changeAccount(userId, async ({ tx, record }) => {
    const changed = await tx
      .update(users)
      .set({ hearsOfInvites: hears })
      .where(and(eq(users.id, userId), sql`hears_of_invites <> ${hears}`))
      .returning({ id: users.id });
    if (changed.length === 0) return unchanged(null);
    record({ action: "user.invite_mail_changed", target: { type: "user", id: userId }, after: { hears } });
    return done(null);
  });

/** The browsers a person is signed in with now, the one seen last first. */
export const readSessions = (userId: UserId) =>
  db()
    .select({
      id: sessions.id,
      userAgent: sessions.userAgent,
      address: sessions.address,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(
      sql`user_id = ${userId} and opened_at is not null and ended_at is null and expires_at > clock_timestamp()
        and last_seen_at > clock_timestamp() - interval '7 days'`,
    )
    .orderBy(desc(sessions.lastSeenAt), sessions.id);
