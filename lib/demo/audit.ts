import { sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import type { OrganizationId, UserId } from "@/db/schema/ids";
import { type AuditEvent, append, appendAccountEvents, type ChainHead, type Facts } from "@/lib/audit/events";
import { age, answered, asksForAccess, deactivated, everybody, refreshed } from "./people";

type Written = {
  organizationId: OrganizationId | null;
  at: string;
  actorId: UserId | null;
  action: AuditEvent["action"];
  targetType: string;
  targetId: string;
  before: Facts | null;
  after: Facts | null;
  /** Of the person or the invitation it is about. */
  email: string | null;
};

/**
 * Lets the audit be as old as what it tells of: every event is set back by as many days as its deed, and written anew in
 * the order of its moment by what writes every audit, so that the chain is whole. Before anybody is served.
 */
export const auditWasWritten = async (): Promise<void> =>
  db().transaction(async (tx) => {
    const written = await tx.execute<Written>(sql`
      select e.organization_id as "organizationId", e.occurred_at as at, e.actor_id as "actorId", e.action,
        e.target_type as "targetType", e.target_id as "targetId", e.before, e.after, coalesce(u.email, i.email) as email
      from audit_events e left join users u on u.id = e.target_id left join invitations i on i.id = e.target_id order by e.id`);
    await forget(tx);
    for (const { organizationId, at, actorId, event } of setBack(written))
      if (organizationId) await append(tx, await readHead(tx, organizationId), at, actorId, [event]);
      else await appendAccountEvents(tx, at, actorId, [event]);
  });

// The audit can't be changed, and nothing but this ever may: here it holds only what the filling of a database nobody has
// seen has just written, of people who don't exist. Were it kept, every page of the demo would contradict itself. It takes
// a superuser, which the embedded server's role is and no operator's should be; the trigger stands down for this delete.
const forget = async (tx: Tx) => {
  await tx.execute(sql`set local session_replication_role = replica`);
  await tx.execute(sql`delete from audit_events`);
  await tx.execute(sql`set local session_replication_role = origin`);
  await tx.execute(sql`update organizations set audit_sequence = default, audit_hash = default`);
};

const readHead = async (tx: Tx, organizationId: OrganizationId): Promise<ChainHead> => {
  const [row] = await tx.execute<{ sequence: string; hash: Uint8Array }>(sql`
    select audit_sequence as sequence, audit_hash as hash from organizations where id = ${organizationId}`);
  if (!row) throw new Error("The audit tells of an organization that isn't there");
  return { organizationId, sequence: Number(row.sequence), hash: row.hash };
};

/**
 * Events in the order they happened in, with their new moments. One is as old as its deed is said to be, but never older
 * than whom or what it names: each id is as old as the first event about it. A cause was written before its effect and is
 * set back by no less, so it stays before it.
 */
const setBack = (written: readonly Written[]) => {
  const ages = new Map<string, number>();
  const events = written.map((row) => {
    const named = JSON.stringify(row).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
    const ago = Math.min(agoSaid(row), ...named.map((id) => ages.get(id) ?? age));
    if (!ages.has(row.targetId)) ages.set(row.targetId, ago);
    const earlier = (at: string) => new Date(Math.round(Date.parse(at) - ago * 86_400_000));
    return { ...row, at: earlier(row.at), event: eventOf(row, earlier) };
  });
  return events.toSorted((one, other) => one.at.getTime() - other.at.getTime());
};

/** How many days ago it was done, by what is said of the people it is about. */
const agoSaid = ({ action, email }: Written): number => {
  const guest = everybody.find((each) => each.email === email);
  if (action === "membership.deactivated") return deactivated.ago;
  if (action === "membership.access_requested") return asksForAccess.ago;
  if (action === "source.refreshed") return refreshed;
  if (!guest) return age;
  return action === "invitation.created" ? guest.sent : answered(guest);
};

// The columns hold what an AuditEvent was taken apart into, and nothing else ever wrote there; the only moment among its
// facts is when an invitation ends.
const eventOf = ({ action, targetType, targetId, before, after }: Written, earlier: (at: string) => Date) => {
  const expiresAt = after?.expiresAt;
  const facts = typeof expiresAt === "string" ? { ...after, expiresAt: earlier(expiresAt).toISOString() } : after;
  const target = { type: targetType, id: targetId };
  return { action, target, before: before ?? undefined, after: facts ?? undefined } as AuditEvent;
};
