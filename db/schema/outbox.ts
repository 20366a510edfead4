import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { InvitationId, OrganizationId, OutboxId } from "./ids";
import { invitations } from "./invitations";
import { organizations } from "./organizations";

/** SPEC section 8: what is known of a mail. */
export const deliveryStates = [
  "queued",
  "sending",
  "sent",
  "delivered",
  "delayed",
  "bounced",
  "complained",
  "failed",
  "suppressed",
  "cancelled",
  "unknown",
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

const local = sql.raw("split_part(split_part(to_email, '@', 1), '+', 1)");
const mailbox = sql`case when split_part(to_email, '@', 2) in ('gmail.com', 'googlemail.com')
  then replace(${local}, '.', '') || '@gmail.com' else ${local} || '@' || split_part(to_email, '@', 2) end`;

/**
 * Mail promised by a committed change. Its id is the idempotency key towards the provider.
 * The link in it is a placeholder until the moment of sending: no secret rests here.
 */
export const outbox = pgTable(
  "outbox",
  {
    id: uuid("id").$type<OutboxId>().primaryKey().defaultRandom(),
    organizationId: uuid("organization_id").$type<OrganizationId>(),
    kind: text("kind").notNull(),
    toEmail: text("to_email").notNull(),
    /** The mailbox behind the address, for counting alone: a `+tag` and the dots of Gmail lead to the same one (SPEC section 10). */
    toMailbox: text("to_mailbox").generatedAlwaysAs(mailbox),
    invitationId: uuid("invitation_id").$type<InvitationId>(),
    /** Which sending of its invitation this is: 1, 2, … */
    send: smallint("send"),
    /** What the template needs, as `lib/outbox` defines it for the kind. */
    payload: jsonb("payload").notNull(),
    state: text("state", { enum: deliveryStates }).notNull().default("queued"),
    /** 0 goes first: codes and resets are never stuck behind a bulk invitation. */
    priority: smallint("priority").notNull().default(1),
    /** Its place among the waiting mail of all organizations: each in turn sends one, however many another has waiting. */
    turn: bigint("turn", { mode: "number" }).notNull().default(0),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    nextAttemptAt: timestamp("next_attempt_at", { withTimezone: true }).notNull().defaultNow(),
    leaseUntil: timestamp("lease_until", { withTimezone: true }),
    attempts: integer("attempts").notNull().default(0),
    firstAttemptAt: timestamp("first_attempt_at", { withTimezone: true }),
    lastAttemptAt: timestamp("last_attempt_at", { withTimezone: true }),
    settledAt: timestamp("settled_at", { withTimezone: true }),
    /** The message as first rendered, and the fingerprint of the secret its link is made with: a retry is byte-identical. */
    frozen: jsonb("frozen"),
    secretFingerprint: text("secret_fingerprint"),
    reason: text("reason"),
  },
  (t) => [
    foreignKey({
      name: "outbox_invitation_fkey",
      columns: [t.organizationId, t.invitationId],
      foreignColumns: [invitations.organizationId, invitations.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "outbox_organization_fkey",
      columns: [t.organizationId],
      foreignColumns: [organizations.id],
    }).onDelete("cascade"),
    unique("outbox_invitation_send_key").on(t.invitationId, t.kind, t.send),
    index("outbox_due_index").on(t.priority, t.turn, t.createdAt, t.id).where(sql`${t.state} in ('queued', 'sending')`),
    index("outbox_turn_index").on(t.organizationId, t.turn).where(sql`${t.state} in ('queued', 'sending')`),
    index("outbox_mailbox_index").on(t.toMailbox, t.firstAttemptAt).where(sql`${t.kind} in ('invitation', 'reminder')`),
    index("outbox_to_index").on(t.toEmail, t.createdAt),
    index("outbox_undelivered_index")
      .on(t.organizationId, t.createdAt, t.id)
      .where(sql`${t.state} in ('failed', 'bounced', 'complained', 'suppressed', 'unknown')`),
    check("outbox_state_known", sql.raw(`state in (${deliveryStates.map((state) => `'${state}'`).join(", ")})`)),
    check("outbox_lease", sql`(${t.state} = 'sending') = (${t.leaseUntil} is not null)`),
    check(
      "outbox_frozen_before_sending",
      sql`${t.attempts} = 0 or (${t.frozen} is not null and ${t.firstAttemptAt} is not null)`,
    ),
    check("outbox_send_of_invitation", sql`(${t.invitationId} is null) = (${t.send} is null)`),
    check("outbox_invitation_has_organization", sql`${t.invitationId} is null or ${t.organizationId} is not null`),
  ],
);

/** Every try at a provider, with what it answered. None starts later than 23 hours after the first (SPEC section 8). */
export const outboxAttempts = pgTable(
  "outbox_attempts",
  {
    outboxId: uuid("outbox_id").$type<OutboxId>().notNull(),
    number: integer("number").notNull(),
    startedAt: timestamp("started_at", { withTimezone: true }).notNull(),
    /** By what it went, as `lib/outbox/through.ts` names it; null for attempts from before that was written down. */
    through: text("through"),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
    outcome: text("outcome", { enum: ["sent", "retry", "failed", "lost"] }),
    httpStatus: integer("http_status"),
    reason: text("reason"),
    providerMessageId: text("provider_message_id"),
    bodySha256: text("body_sha256").notNull(),
  },
  (t) => [
    primaryKey({ name: "outbox_attempts_pkey", columns: [t.outboxId, t.number] }),
    foreignKey({
      name: "outbox_attempts_outbox_fkey",
      columns: [t.outboxId],
      foreignColumns: [outbox.id],
    }).onDelete("cascade"),
    index("outbox_attempts_provider_index").on(t.providerMessageId),
    check("outbox_attempts_finished_whole", sql`(${t.finishedAt} is null) = (${t.outcome} is null)`),
  ],
);
