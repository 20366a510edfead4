import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { OrganizationId, OutboxId, SuppressionId, UserId } from "./ids";
import { memberships, organizations } from "./organizations";
import { outbox } from "./outbox";

/** What all workers of all replicas know of one provider: whether it may be spoken to now, and how often. */
export const mailFlow = pgTable(
  "mail_flow",
  {
    /** The way and the account: `through`. */
    transport: text("transport").primaryKey(),
    /** Nothing is sent before: the provider asked to be left alone. */
    quietUntil: timestamp("quiet_until", { withTimezone: true }),
    /** Since when it refuses us altogether, and its words. One try a minute asks whether it still does. */
    pausedSince: timestamp("paused_since", { withTimezone: true }),
    pausedReason: text("paused_reason"),
    /** So many mails in so many seconds, as its answers say; null until one has. */
    rateLimit: integer("rate_limit"),
    rateSeconds: integer("rate_seconds"),
    /** When the next mail may leave at that rate; burst counts from here (the theoretical arrival time of GCRA). */
    nextSlotAt: timestamp("next_slot_at", { withTimezone: true }),
  },
  (t) => [
    check("mail_flow_paused_whole", sql`num_nonnulls(${t.pausedSince}, ${t.pausedReason}) in (0, 2)`),
    check(
      "mail_flow_rate",
      sql`num_nonnulls(${t.rateLimit}, ${t.rateSeconds}) in (0, 2) and coalesce(least(${t.rateLimit}, ${t.rateSeconds}), 1) > 0`,
    ),
  ],
);

/** What a provider reports of a mail. `delayed` and `sent` are steps on the way, the others say how it ended. */
export const mailEventKinds = [
  "sent",
  "delayed",
  "delivered",
  "bounced",
  "complained",
  "failed",
  "suppressed",
] as const;
export type MailEventKind = (typeof mailEventKinds)[number];

/**
 * Delivery events, each kept once under the provider's own id for it. One that names a mail we don't know (yet) waits
 * without `outboxId` until its message id is written down.
 */
export const mailEvents = pgTable(
  "mail_events",
  {
    id: text("id").primaryKey(),
    messageId: text("message_id").notNull(),
    outboxId: uuid("outbox_id").$type<OutboxId>(),
    kind: text("kind", { enum: mailEventKinds }).notNull(),
    occurredAt: timestamp("occurred_at", { withTimezone: true }).notNull(),
    receivedAt: timestamp("received_at", { withTimezone: true }).notNull().defaultNow(),
    reason: text("reason"),
    /** Of a bounce: whether the address itself is at fault, so that the next mail would bounce as well. */
    permanent: boolean("permanent").notNull().default(false),
  },
  (t) => [
    foreignKey({ name: "mail_events_outbox_fkey", columns: [t.outboxId], foreignColumns: [outbox.id] }).onDelete(
      "cascade",
    ),
    index("mail_events_message_index").on(t.messageId),
    index("mail_events_outbox_index").on(t.outboxId),
    check("mail_events_kind_known", sql.raw(`kind in (${mailEventKinds.map((kind) => `'${kind}'`).join(", ")})`)),
  ],
);

/** Addresses that mail of this organization is not sent to, because it bounced or was marked as spam; until an owner lifts it. */
export const suppressions = pgTable(
  "suppressions",
  {
    id: uuid("id").$type<SuppressionId>().primaryKey().defaultRandom(),
    organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
    email: text("email").notNull(),
    because: text("because", { enum: ["bounced", "complained"] }).notNull(),
    reason: text("reason"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    liftedAt: timestamp("lifted_at", { withTimezone: true }),
    liftedById: uuid("lifted_by_id").$type<UserId>(),
  },
  (t) => [
    foreignKey({
      name: "suppressions_organization_fkey",
      columns: [t.organizationId],
      foreignColumns: [organizations.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "suppressions_lifted_by_fkey",
      columns: [t.organizationId, t.liftedById],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    uniqueIndex("suppressions_one_standing_key").on(t.organizationId, t.email).where(sql`${t.liftedAt} is null`),
    check("suppressions_because_known", sql`${t.because} in ('bounced', 'complained')`),
    check("suppressions_lifted_whole", sql`num_nonnulls(${t.liftedAt}, ${t.liftedById}) in (0, 2)`),
  ],
);

/** What recipients have said: no more invitations to this address from this organization, or from any (null). */
export const blocks = pgTable(
  "blocks",
  {
    email: text("email").notNull(),
    organizationId: uuid("organization_id").$type<OrganizationId>(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: "blocks_organization_fkey",
      columns: [t.organizationId],
      foreignColumns: [organizations.id],
    }).onDelete("cascade"),
    unique("blocks_email_organization_key").on(t.email, t.organizationId).nullsNotDistinct(),
  ],
);
