import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { AccessRequestId, OrganizationId, UserId } from "./ids";
import { memberships } from "./organizations";

/** A member's plea to be given access, and what became of it. One at a time waits for an answer. */
export const accessRequests = pgTable(
  "access_requests",
  {
    id: uuid("id").$type<AccessRequestId>().primaryKey().defaultRandom(),
    organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
    userId: uuid("user_id").$type<UserId>().notNull(),
    note: text("note").notNull().default(""),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    decidedAt: timestamp("decided_at", { withTimezone: true }),
    decidedById: uuid("decided_by_id").$type<UserId>(),
    granted: boolean("granted"),
    answer: text("answer").notNull().default(""),
  },
  (t) => [
    foreignKey({
      name: "access_requests_membership_fkey",
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }).onDelete("cascade"),
    foreignKey({
      name: "access_requests_decided_by_fkey",
      columns: [t.organizationId, t.decidedById],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    uniqueIndex("access_requests_one_open_key").on(t.organizationId, t.userId).where(sql`${t.decidedAt} is null`),
    // One for each of the two lists: those that wait, and those that were decided.
    index("access_requests_waiting_index").on(t.organizationId, t.createdAt, t.id).where(sql`${t.decidedAt} is null`),
    index("access_requests_decided_index")
      .on(t.organizationId, t.decidedAt, t.id)
      .where(sql`${t.decidedAt} is not null`),
    index("access_requests_member_index").on(t.organizationId, t.userId),
    index("access_requests_decided_by_index").on(t.organizationId, t.decidedById),
    check("access_requests_note_length", sql`char_length(${t.note}) <= 500`),
    check("access_requests_answer_length", sql`char_length(${t.answer}) <= 500`),
    check(
      "access_requests_decided_whole",
      sql`num_nonnulls(${t.decidedAt}, ${t.decidedById}, ${t.granted}) in (0, 3) and (${t.decidedAt} is not null or ${t.answer} = '')`,
    ),
  ],
);
