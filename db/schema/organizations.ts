import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes } from "./bytes";
import type { OrganizationId, UserId } from "./ids";
import { users } from "./people";

/** The tenant. Every change locks this row first: it carries the head of the audit chain. */
export const organizations = pgTable(
  "organizations",
  {
    id: uuid("id").$type<OrganizationId>().primaryKey().defaultRandom(),
    name: text("name").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    /** Kept by a trigger: counting 100,000 rows for every look at User Management would cost more than the rest of the page. */
    memberCount: integer("member_count").notNull().default(0),
    /** All there ever were, kept likewise: less the open ones it is the number of those in the history. */
    invitationCount: integer("invitation_count").notNull().default(0),
    auditSequence: bigint("audit_sequence", { mode: "number" }).notNull().default(0),
    auditHash: bytes("audit_hash").notNull().default(sql`'\\x'::bytea`),
  },
  (t) => [check("organizations_name_length", sql`char_length(${t.name}) between 1 and 64`)],
);

/**
 * A user in an organization. Name and address are copies that the database keeps equal to the user's
 * (foreign key with `on update cascade`), so that lists of 100,000 members sort and search by an index of their own.
 */
export const memberships = pgTable(
  "memberships",
  {
    organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
    userId: uuid("user_id").$type<UserId>().notNull(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    joinedAt: timestamp("joined_at", { withTimezone: true }).notNull().defaultNow(),
    lastActiveAt: timestamp("last_active_at", { withTimezone: true }),
    deactivatedAt: timestamp("deactivated_at", { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: "memberships_pkey", columns: [t.organizationId, t.userId] }),
    foreignKey({
      name: "memberships_organization_fkey",
      columns: [t.organizationId],
      foreignColumns: [organizations.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "memberships_user_fkey",
      columns: [t.userId, t.email, t.name],
      foreignColumns: [users.id, users.email, users.name],
    }).onUpdate("cascade"),
    index("memberships_user_index").on(t.userId),
    // One for each sort of User Management, in exactly its words: lib/directory reads a page off them, whatever the size.
    index("memberships_name_index").on(t.organizationId, sql`lower(${t.name})`, t.userId),
    index("memberships_joined_index").on(t.organizationId, t.joinedAt, t.userId),
    index("memberships_active_index").on(
      t.organizationId,
      sql`coalesce(${t.lastActiveAt}, timestamptz '0001-01-01 00:00:00+00')`,
      t.userId,
    ),
    index("memberships_inactive_index")
      .on(t.organizationId, sql`lower(${t.name})`, t.userId)
      .where(sql`${t.deactivatedAt} is not null`),
    index("memberships_email_index").on(t.organizationId, t.email),
  ],
);
