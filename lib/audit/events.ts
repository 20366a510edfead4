import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { auditEvents, organizations } from "@/db/schema";
import type { OrganizationId, UserId } from "@/db/schema/ids";

/** What an event may carry about before and after: plain data, no secret, people by id only. */
export type Facts = { [name: string]: string | number | boolean | null | readonly string[] };

/** Everything that is written down, by what it happens to. Whoever adds one here owes it words where it is shown. */
export type Happenings = {
  organization: "organization.created";
  user:
    | `user.${"created" | "taken_over" | "renamed" | "invite_mail_changed" | "password_changed" | "password_reset"}`
    | `membership.${"created" | "deactivated" | "reactivated" | "overreached" | "access_requested" | "access_granted" | "access_refused"}`;
  group: `group.${"created" | "changed" | "deleted" | "policies_added" | "policies_changed" | "policy_removed" | "member_added" | "member_removed"}`;
  invitation: `invitation.${"created" | "renewed" | "resent" | "groups_changed" | "vouched_for" | "group_deleted" | "link_revealed" | "accepted" | "declined" | "revoked" | "asked_again" | "refused_to_other" | "reminded" | "expiry_told" | "blocked" | "unblocked"}`;
  mail: `mail.${"bounced" | "complained" | "failed" | "suppressed" | "tried_again"}`;
  suppression: `suppression.${"created" | "lifted"}`;
  source: `source.${"connected" | "refreshed" | "changed" | "credential_replaced" | "enabled" | "disabled" | "deleted"}`;
  asset: "asset.changed";
  domain: `domain.${"created" | "changed" | "assets_added" | "asset_removed" | "assets_removed" | "deleted"}`;
  session: `session.${"started" | "switched" | "ended"}`;
  challenge: `challenge.${"created" | "used"}`;
};

export type AuditEvent = {
  [Kind in keyof Happenings]: {
    action: Happenings[Kind];
    target: { type: Kind; id: string };
    before?: Facts;
    after?: Facts;
  };
}[keyof Happenings];

type Chained = {
  organizationId: OrganizationId;
  sequence: number;
  occurredAt: Date;
  actorId: UserId | null;
} & AuditEvent;

const sorted = (facts: Facts | undefined): unknown =>
  facts && Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)));

/** SHA-256 over the hash before and every column of the event, in one fixed order. */
export const hashOf = (previous: Uint8Array, event: Chained): Buffer =>
  createHash("sha256")
    .update(previous)
    .update(
      JSON.stringify([
        event.organizationId,
        event.sequence,
        event.occurredAt.toISOString(),
        event.actorId,
        event.action,
        event.target.type,
        event.target.id,
        sorted(event.before) ?? null,
        sorted(event.after) ?? null,
      ]),
    )
    .digest();

/** The head of an organization's chain, read under its row lock. */
export type ChainHead = { organizationId: OrganizationId; sequence: number; hash: Uint8Array };

/** Appends events to an organization's chain. The caller holds the organization's row lock. */
export const append = async (
  tx: Tx,
  head: ChainHead,
  occurredAt: Date,
  actorId: UserId | null,
  events: AuditEvent[],
): Promise<void> => {
  let { sequence, hash } = head;
  const rows = events.map((event) => {
    sequence += 1;
    hash = hashOf(hash, { ...event, organizationId: head.organizationId, sequence, occurredAt, actorId });
    return { organizationId: head.organizationId, sequence, hash, ...columns(occurredAt, actorId, event) };
  });
  for (const part of parts(rows)) await tx.insert(auditEvents).values(part);
  await tx
    .update(organizations)
    .set({ auditSequence: sequence, auditHash: hash })
    .where(sql`${organizations.id} = ${head.organizationId}`);
};

/** Writes down account events that belong to no organization: append-only, not chained. */
export const appendAccountEvents = async (
  tx: Tx,
  occurredAt: Date,
  actorId: UserId | null,
  events: AuditEvent[],
): Promise<void> => {
  await tx.insert(auditEvents).values(events.map((event) => columns(occurredAt, actorId, event)));
};

const columns = (occurredAt: Date, actorId: UserId | null, event: AuditEvent) => ({
  occurredAt,
  actorId,
  action: event.action,
  targetType: event.target.type,
  targetId: event.target.id,
  before: event.before ?? null,
  after: event.after ?? null,
});

// Postgres takes 65,535 parameters a statement; an event has eleven.
const parts = <Row>(rows: Row[], size = 5000): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, part) => rows.slice(part * size, (part + 1) * size));
