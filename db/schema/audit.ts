import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { bigint, check, foreignKey, index, jsonb, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { bytes } from "./bytes";
import type { OrganizationId, UserId } from "./ids";
import { organizations } from "./organizations";

/** Whom an event of a group put into it or took out of it: one id, or a list of them. What its index is made for. */
export const peopleOf = ({ before, after }: { before: SQLWrapper; after: SQLWrapper }): SQL =>
  sql`coalesce(${after} -> 'user', ${before} -> 'user', ${after} -> 'members', ${before} -> 'members')`;

/**
 * What happened, for good: a trigger refuses updates and deletes. Rows name people and invitations by id only, so that a
 * person can be erased. Events of an organization carry a sequence and a hash over the one before; account events don't.
 */
export const auditEvents = pgTable(
  "audit_events",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    organizationId: uuid("organization_id").$type<OrganizationId>(),
    sequence: bigint("sequence", { mode: "number" }),
    occurredAt: timestamp("occurred_at", { withTimezone: true, precision: 3 }).notNull(),
    actorId: uuid("actor_id").$type<UserId>(),
    action: text("action").notNull(),
    targetType: text("target_type").notNull(),
    targetId: uuid("target_id").notNull(),
    before: jsonb("before"),
    after: jsonb("after"),
    hash: bytes("hash"),
  },
  (t) => [
    foreignKey({
      name: "audit_events_organization_fkey",
      columns: [t.organizationId],
      foreignColumns: [organizations.id],
    }),
    unique("audit_events_sequence_key").on(t.organizationId, t.sequence),
    index("audit_events_target_index").on(t.targetType, t.targetId),
    index("audit_events_people_index").using("gin", peopleOf(t)).where(sql`${t.targetType} = 'group'`),
    check("audit_events_chained", sql`num_nonnulls(${t.organizationId}, ${t.sequence}, ${t.hash}) in (0, 3)`),
  ],
);
