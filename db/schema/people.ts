import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import type { OrganizationId, SessionId, UserId } from "./ids";
import { memberships } from "./organizations";

/** One person, one address, across all organizations. */
export const users = pgTable(
  "users",
  {
    id: uuid("id").$type<UserId>().primaryKey().defaultRandom(),
    email: text("email").notNull(),
    emailVerifiedAt: timestamp("email_verified_at", { withTimezone: true }),
    name: text("name").notNull(),
    passwordHash: text("password_hash").notNull(),
    passwordChangedAt: timestamp("password_changed_at", { withTimezone: true }).notNull().defaultNow(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    /** Whether mail tells them what became of the invitations they sent. */
    hearsOfInvites: boolean("hears_of_invites").notNull().default(true),
  },
  (t) => [
    unique("users_email_key").on(t.email),
    // Targets of foreign keys: a membership carries the name, an acceptance the address, and the database keeps them true.
    unique("users_id_email_name_key").on(t.id, t.email, t.name),
    unique("users_id_email_key").on(t.id, t.email),
    check("users_email_lower_case", sql`${t.email} = lower(${t.email}) and length(${t.email}) between 3 and 318`),
    check("users_name_length", sql`char_length(${t.name}) between 1 and 64`),
  ],
);

/** A signed-in browser. The cookie carries only the id; this row decides (SPEC section 10). */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").$type<SessionId>().primaryKey().defaultRandom(),
    userId: uuid("user_id").$type<UserId>().notNull(),
    organizationId: uuid("organization_id").$type<OrganizationId>(),
    /** The organization it stood in before its person was deactivated there; until they have read that. */
    leftOrganizationId: uuid("left_organization_id").$type<OrganizationId>(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    lastSeenAt: timestamp("last_seen_at", { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    endedAt: timestamp("ended_at", { withTimezone: true }),
    /** When the one-time ticket that puts this session into a cookie was used. */
    openedAt: timestamp("opened_at", { withTimezone: true }),
    userAgent: text("user_agent").notNull().default(""),
    address: text("address").notNull().default(""),
  },
  (t) => [
    foreignKey({ name: "sessions_user_fkey", columns: [t.userId], foreignColumns: [users.id] }).onDelete("cascade"),
    foreignKey({
      name: "sessions_membership_fkey",
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    foreignKey({
      name: "sessions_left_membership_fkey",
      columns: [t.leftOrganizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    index("sessions_user_index").on(t.userId),
    check("sessions_absolute_limit", sql`${t.expiresAt} <= ${t.createdAt} + interval '30 days'`),
  ],
);
