import { sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import type { OrganizationId, UserId } from "@/db/schema/ids";
import { type AuditEvent, append, appendAccountEvents, type ChainHead } from "@/lib/audit/events";
import { turnstile } from "@/lib/limits/crowd";
import { type Refusal, type Result, refused } from "@/lib/result";
import type { Actor } from "./actor";
import type { AnyRight } from "./catalogue";
import { type Grant, stillHeld } from "./grant";
import { type Holding, readHolding } from "./holding";

/** What a change has in hand: its transaction, the moment it locked its organization, and the audit it must write to. */
export type Change = Readonly<{ tx: Tx; now: Date; record: (event: AuditEvent) => void }>;

/** A change in an organization; whoever acts holds what they hold now, under the lock, not when the page was drawn. */
export type OrganizationChange = Change & Readonly<{ organizationId: OrganizationId; organizationName: string }>;

class RolledBack extends Error {}

/** What `run` gives when there turned out to be nothing to change: rolled back, so it can't hide a write without audit. */
export type Unchanged<T> = { ok: true; value: T; unchanged: true };
export const unchanged = <T>(value: T): Unchanged<T> => ({ ok: true, value, unchanged: true });
type Outcome<T> = Result<T> | Unchanged<T>;
const stands = <T>(outcome: Outcome<T>) => outcome.ok && !("unchanged" in outcome);

// The table refuses what the rules refuse. These are the ones a person can run into past our own checks.
const refusals: Record<string, Refusal> = {
  groups_name_key: { code: "invalid", errors: { name: "A group with this name exists already." } },
  sources_name_key: { code: "invalid", errors: { name: "A source with this name exists already." } },
  domains_name_key: { code: "invalid", errors: { name: "A domain with this name exists already." } },
  organizations_keep_an_owner: { code: "last-owner" },
};

const constraintOf = (error: unknown): string | undefined => {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("constraint_name" in cause && typeof cause.constraint_name === "string") return cause.constraint_name;
  }
  return undefined;
};

const transact = async <T>(run: (tx: Tx) => Promise<Outcome<T>>): Promise<Result<T>> => {
  let outcome: Outcome<T> | undefined;
  try {
    return await db().transaction(async (tx) => {
      outcome = await run(tx);
      if (!stands(outcome)) throw new RolledBack();
      return outcome;
    });
  } catch (error) {
    if (error instanceof RolledBack && outcome) return outcome;
    const refusal = refusals[constraintOf(error) ?? ""];
    if (refusal) return refused(refusal);
    throw error;
  }
};

const recorder = () => {
  const events: AuditEvent[] = [];
  return { events, record: (event: AuditEvent) => void events.push(event) };
};

const mustRecord = (events: AuditEvent[]) => {
  if (events.length === 0) throw new Error("A change without an audit event");
};

/**
 * Locks the organization's row for the rest of the transaction. Every change does this first, so changes of one
 * organization happen one after the other; `no key` lets inserts that refer to it go on beside. Null when unknown.
 */
const lockOrganization = async (tx: Tx, organizationId: OrganizationId) => {
  const [row] = await tx.execute<{ name: string; sequence: string; hash: Uint8Array; now: string }>(sql`
    select name, audit_sequence as sequence, audit_hash as hash from organizations where id = ${organizationId} for no key update`);
  if (!row) return null;
  // Read after the lock was given: a moment from before the wait would order events wrongly.
  const [clock] = await tx.execute<{ now: string }>(sql`select date_trunc('milliseconds', clock_timestamp()) as now`);
  const head: ChainHead = { organizationId, sequence: Number(row.sequence), hash: row.hash };
  return { head, name: row.name, now: new Date(clock?.now ?? Number.NaN) };
};

type Door = { inTurn: ReturnType<typeof turnstile>; changes: number };
const doors = new Map<OrganizationId, Door>();

/**
 * Two changes of one organization at a time from this process; up to 200 more wait here, without a connection. Waiting in
 * the database instead, those of one busy organization would hold every connection of the pool, and everybody's pages.
 */
const atTheDoor = async <T>(organizationId: OrganizationId, task: () => Promise<T>): Promise<T> => {
  const door = doors.get(organizationId) ?? { inTurn: turnstile(2, 200), changes: 0 };
  doors.set(organizationId, door);
  door.changes += 1;
  try {
    return await door.inTurn(task);
  } finally {
    door.changes -= 1;
    if (door.changes === 0) doors.delete(organizationId);
  }
};

/**
 * A change in one organization by whoever `actorId` names, without a grant: for those who can't have one yet, such as an
 * invitee. Transaction, organization lock, audit; a refusal rolls everything back.
 */
export const changeOrganization = async <T>(
  organizationId: OrganizationId,
  actorOf: UserId | null | (() => UserId | null),
  run: (change: OrganizationChange) => Promise<Outcome<T>>,
): Promise<Result<T>> =>
  atTheDoor(organizationId, () =>
    transact(async (tx) => {
      const locked = await lockOrganization(tx, organizationId);
      if (!locked) return refused({ code: "not-found" });
      const { events, record } = recorder();
      const result = await run({ tx, now: locked.now, record, organizationId, organizationName: locked.name });
      if (!stands(result)) return result;
      mustRecord(events);
      await append(tx, locked.head, locked.now, typeof actorOf === "function" ? actorOf() : actorOf, events);
      return result;
    }),
  );

/** A change on a member's behalf, with everything they hold at this moment. */
export type MembersChange = OrganizationChange & Readonly<{ actor: Actor & Holding }>;

/**
 * The only way to write on a member's behalf: transaction, organization lock, everything the actor holds read again after
 * the lock, audit event in the same transaction, rollback when refused. Refuses `forbidden` when the right is gone by then,
 * and `not-found` when what it was on is.
 */
export const change = async <R extends AnyRight, T>(
  granted: Grant<R>,
  run: (change: MembersChange) => Promise<Outcome<T>>,
): Promise<Result<T>> =>
  changeOrganization(granted.organizationId, granted.actor.userId, async (change) => {
    const holding = await readHolding(change.tx, granted.organizationId, granted.actor.userId);
    if (!holding) return refused({ code: "forbidden", missing: granted.right });
    const actor = { ...granted.actor, ...holding };
    const still = await stillHeld(change.tx, actor, granted);
    return still.ok ? run({ ...change, actor }) : still;
  });

/** A change to a person's own account, in no organization: transaction, account event, rollback when refused. */
export const changeAccount = async <T>(
  actorOf: UserId | null | (() => UserId | null),
  run: (change: Change) => Promise<Outcome<T>>,
): Promise<Result<T>> =>
  transact(async (tx) => {
    const [clock] = await tx.execute<{ now: string }>(sql`select date_trunc('milliseconds', clock_timestamp()) as now`);
    const now = new Date(clock?.now ?? Number.NaN);
    const { events, record } = recorder();
    const result = await run({ tx, now, record });
    if (!stands(result)) return result;
    mustRecord(events);
    await appendAccountEvents(tx, now, typeof actorOf === "function" ? actorOf() : actorOf, events);
    return result;
  });
