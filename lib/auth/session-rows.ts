import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { db, type Queryable, type Tx } from "@/db/client";
import { sessions } from "@/db/schema";
import type { OrganizationId, SessionId, UserId } from "@/db/schema/ids";
import { sign, verify } from "./derive";

/** Absolute and idle life of a session (SPEC section 10). */
export const sessionDays = 30;
const day = 86_400_000;

/**
 * Writes a session in the transaction of what it follows from. It is nobody's until `openSession` puts it into a cookie,
 * once and within a minute of `now`.
 */
export const startSession = async (
  tx: Tx,
  userId: UserId,
  organizationId: OrganizationId | null,
  now: Date,
): Promise<SessionId> => {
  const expiresAt = new Date(now.getTime() + sessionDays * day);
  const [row] = await tx
    .insert(sessions)
    .values({ userId, organizationId, createdAt: now, lastSeenAt: now, expiresAt })
    .returning({ id: sessions.id });
  if (!row) throw new Error("A session was not written");
  return row.id;
};

/** Whether a session is open and this person's, in the transaction that builds on it, with the person's row locked. */
export const isLive = async (tx: Tx, id: SessionId, userId: UserId): Promise<boolean> => {
  const found = await tx.execute(sql`
    select from sessions where id = ${id} and user_id = ${userId} and opened_at is not null and ended_at is null
      and expires_at > clock_timestamp()`);
  return found.length > 0;
};

/**
 * Whether a session still is that of somebody who stands in this organization, by every rule of `readViewer`; asking isn't
 * a visit, so it keeps no idle session alive.
 */
export const standsIn = async (id: SessionId, organizationId: OrganizationId): Promise<boolean> => {
  const found = await db().execute(sql`
    select from sessions where id = ${id} and organization_id = ${organizationId} and opened_at is not null
      and ended_at is null and expires_at > clock_timestamp() and last_seen_at > clock_timestamp() - interval '7 days'`);
  return found.length > 0;
};

/** Ends the sessions of a person, on every device, except one if given. Tells which. */
export const endSessions = async (tx: Tx, userId: UserId, except?: SessionId): Promise<SessionId[]> => {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        except === undefined ? undefined : ne(sessions.id, except),
      ),
    )
    .returning({ id: sessions.id });
  return ended.map((row) => row.id);
};

/** Ends one session, of this person if one is named. Tells whose it was; null when there was nothing to end. */
export const endSession = async (tx: Tx, id: SessionId, userId?: UserId): Promise<UserId | null> => {
  const [ended] = await tx
    .update(sessions)
    .set({ endedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(sessions.id, id),
        isNull(sessions.endedAt),
        userId === undefined ? undefined : eq(sessions.userId, userId),
      ),
    )
    .returning({ userId: sessions.userId });
  return ended?.userId ?? null;
};

/** What lets one session into one cookie: its id and an HMAC. It never leaves this process. */
export const ticketFor = (id: SessionId): string => {
  const mac = sign("ticket", id);
  if (!mac) throw new Error("Today's secret is always there");
  return `${id}.${mac.toString("base64url")}`;
};

/** Where a session was opened, as its owner will read it. */
export type Device = { userAgent: string; address: string };

/** Uses a ticket: good once and for 60 seconds after the session was written. Null for anything else. */
export const redeem = async (ticket: string, device: Device, database: Queryable = db()) => {
  const [id = "", mac = ""] = ticket.split(".");
  if (!verify("ticket", id, Buffer.from(mac, "base64url"))) return null;
  const [opened] = await database
    .update(sessions)
    .set({ openedAt: sql`clock_timestamp()`, ...device })
    .where(
      sql`id = ${id} and opened_at is null and ended_at is null and created_at > clock_timestamp() - interval '60 seconds'`,
    )
    .returning({ id: sessions.id, userId: sessions.userId });
  return opened ?? null;
};
