import { sql } from "drizzle-orm";
import { check, foreignKey, index, jsonb, pgTable, smallint, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { ChallengeId, InvitationId, UserId } from "./ids";
import { invitations } from "./invitations";
import { users } from "./people";

/**
 * A reset link or one-time code that was asked for. Link and code are derived from the id and the secret, so the row
 * records only who it is for and its use: once, in time, after at most five tries (SPEC section 10).
 */
export const challenges = pgTable(
  "challenges",
  {
    id: uuid("id").$type<ChallengeId>().primaryKey().defaultRandom(),
    purpose: text("purpose", { enum: ["sign-up", "reset", "join", "sudo"] }).notNull(),
    email: text("email").notNull(),
    userId: uuid("user_id").$type<UserId>(),
    invitationId: uuid("invitation_id").$type<InvitationId>(),
    /** What was typed before the proof was asked for; a password only as its hash. */
    payload: jsonb("payload"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    tries: smallint("tries").notNull().default(0),
    usedAt: timestamp("used_at", { withTimezone: true }),
    endedAt: timestamp("ended_at", { withTimezone: true }),
  },
  (t) => [
    foreignKey({ name: "challenges_user_fkey", columns: [t.userId], foreignColumns: [users.id] }).onDelete("cascade"),
    foreignKey({
      name: "challenges_invitation_fkey",
      columns: [t.invitationId],
      foreignColumns: [invitations.id],
    }).onDelete("cascade"),
    index("challenges_email_index").on(t.email, t.purpose),
    check("challenges_purpose_known", sql`${t.purpose} in ('sign-up', 'reset', 'join', 'sudo')`),
    check("challenges_tries", sql`${t.tries} between 0 and 5`),
    check("challenges_used_in_time", sql`${t.usedAt} is null or ${t.usedAt} <= ${t.expiresAt}`),
    check("challenges_used_or_ended", sql`num_nonnulls(${t.usedAt}, ${t.endedAt}) <= 1`),
  ],
);
