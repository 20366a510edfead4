import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import type { OrganizationId, OutboxId } from "@/db/schema/ids";
import { currentFingerprint } from "@/lib/auth/derive";
import { openSql } from "@/lib/invitations/queries";
import { announce } from "./announce";
import { Mail } from "./mails";
import { Frozen, freeze } from "./render";
import { leaseSeconds, retryHours } from "./rules";
import { reveal, secretOf } from "./secret";

/** A mail that one worker may send now, as its attempt of that number. */
export type Claim = Readonly<{ id: OutboxId; to: string; attempt: number; message: Frozen; secret: string }>;

type Row = {
  id: OutboxId;
  organization_id: OrganizationId | null;
  to_email: string;
  payload: unknown;
  attempts: number;
  frozen: unknown;
  secret_fingerprint: string | null;
};

/**
 * Takes the most urgent mail that is due for one lease, and writes the attempt down before it is made. A mail that must
 * not be sent any more is settled instead. Gives the claim, or `settled`, or null when nothing is due.
 */
export const claimNext = (): Promise<Claim | "settled" | null> =>
  db().transaction(async (tx) => {
    const [row] = await tx.execute<Row>(sql`
      select id, organization_id, to_email, payload, attempts, frozen, secret_fingerprint from outbox
      where state in ('queued', 'sending') and next_attempt_at <= clock_timestamp()
      order by priority, next_attempt_at limit 1 for update skip locked`);
    if (!row) return null;

    const mail = Mail.safeParse(row.payload);
    if (!mail.success) return settle(tx, row, "failed", "What was stored is not a mail we know.");
    const facts = await readFacts(tx, row, mail.data);
    if (!facts.wanted)
      return facts.mayHaveGone
        ? settle(tx, row, "unknown", "It ended while being sent; it may have arrived.")
        : settle(tx, row, "cancelled", "What it speaks of had ended by then, or its recipient had left.");
    if (facts.tooLate) return settle(tx, row, "unknown", `Nobody confirmed it within ${retryHours} hours.`);

    const fingerprint = row.secret_fingerprint ?? currentFingerprint();
    const secret = secretOf(mail.data, fingerprint);
    if (secret === null) return settle(tx, row, "unknown", "The secret that its link was made with is gone.");
    const frozen = await frozenOf(row, mail.data);
    if (typeof frozen === "string") return settle(tx, row, "failed", `It could not be written: ${frozen}`);

    const attempt = row.attempts + 1;
    await writeAttempt(tx, row, { attempt, frozen, fingerprint, now: facts.now });
    return { id: row.id, to: row.to_email, attempt, message: reveal(frozen, row.id, secret), secret };
  });

type Facts = { now: string; wanted: boolean; tooLate: boolean; mayHaveGone: boolean };

/**
 * What decides about sending, read in a statement of its own once the mail is locked: one that ended its invitation and
 * held the mail until just now must be seen. Every moment is the database's.
 */
const readFacts = async (tx: Tx, row: Row, mail: Mail): Promise<Facts> => {
  // Whoever left an attempt unfinished died, or sleeps past its lease.
  await tx.execute(sql`
    update outbox_attempts set outcome = 'lost', finished_at = clock_timestamp(), reason = 'The worker stopped before the answer.'
    where outbox_id = ${row.id} and outcome is null`);
  const [facts] = await tx.execute<Facts>(sql`
    select clock.now, ${wanted(mail)} as wanted,
      coalesce(first_attempt_at <= clock.now - make_interval(hours => ${retryHours}), false) as "tooLate",
      exists (select from outbox_attempts where outbox_id = outbox.id and outcome = 'lost') as "mayHaveGone"
    from outbox, (select clock_timestamp() as now) as clock where id = ${row.id}`);
  if (!facts) throw new Error("A locked mail is gone");
  return facts;
};

const wanted = (mail: Mail): SQL => {
  switch (mail.kind) {
    case "invitation":
    case "reminder":
      return sql`exists (select from invitations i where i.id = ${mail.invitationId} and i.sends = ${mail.send}
        and ${openSql} and i.expires_at > clock.now)`;
    case "reset":
    case "code":
      return sql`exists (select from challenges c where c.id = ${mail.challengeId} and c.used_at is null
        and c.ended_at is null and c.expires_at > clock.now)`;
    case "asked-again":
    case "groups-left-out":
    case "access-decided":
      return sql`exists (select from memberships m where m.organization_id = ${mail.organizationId}
        and m.email = ${mail.to} and m.deactivated_at is null)`;
    case "invite-news":
      return sql`exists (select from memberships m join users u on u.id = m.user_id and u.hears_of_invites
        where m.organization_id = ${mail.organizationId} and m.email = ${mail.to} and m.deactivated_at is null)`;
    case "invites-ended":
    case "made-owner":
      return sql`exists (select from memberships m
        join group_members gm on gm.organization_id = m.organization_id and gm.user_id = m.user_id
        join groups g on g.id = gm.group_id and g.built_in = 'owners'
        where m.organization_id = ${mail.organizationId} and m.email = ${mail.to} and m.deactivated_at is null)`;
    case "access-requested":
      return sql`exists (select from access_requests r where r.id = ${mail.request} and r.decided_at is null)
        and exists (select from memberships m
          join group_members gm on gm.organization_id = m.organization_id and gm.user_id = m.user_id
          join groups g on g.id = gm.group_id
          where m.organization_id = ${mail.organizationId} and m.email = ${mail.to} and m.deactivated_at is null
            and (g.built_in = 'owners' or exists (select from policies p
              where p.group_id = g.id and p.permission = 'groups' and p.operation = 'edit')))`;
    case "already-registered":
    case "deactivated":
      return sql`true`;
  }
};

const settle = async (
  tx: Tx,
  { id, organization_id }: Row,
  state: "cancelled" | "failed" | "unknown",
  reason: string,
) => {
  await tx.execute(sql`
    update outbox set state = ${state}, reason = ${reason.slice(0, 500)}, settled_at = clock_timestamp(), lease_until = null
    where id = ${id}`);
  await announce(tx, organization_id);
  return "settled" as const;
};

/** The message as it was first written, or as it is now; when it can't be written, why. */
const frozenOf = async (row: Row, mail: Mail): Promise<Frozen | string> => {
  try {
    return Frozen.parse(row.frozen ?? (await freeze(row.id, mail)));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

type Attempt = { attempt: number; frozen: Frozen; fingerprint: string; now: string };

const writeAttempt = async (
  tx: Tx,
  { id, organization_id }: Row,
  { attempt, frozen, fingerprint, now }: Attempt,
): Promise<void> => {
  const body = JSON.stringify(frozen);
  // Over the body without its secret: six digits could be found out from a hash of the whole.
  const hash = createHash("sha256").update(fingerprint).update(body).digest("hex");
  // Due again when the lease ends, should nobody write down an answer.
  await tx.execute(sql`
    update outbox set state = 'sending', attempts = ${attempt}, frozen = ${body}::jsonb, secret_fingerprint = ${fingerprint},
      first_attempt_at = coalesce(first_attempt_at, ${now}::timestamptz), last_attempt_at = ${now}::timestamptz,
      lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}),
      next_attempt_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    where id = ${id}`);
  await tx.execute(sql`
    insert into outbox_attempts (outbox_id, number, started_at, body_sha256)
    values (${id}, ${attempt}, ${now}::timestamptz, ${hash})`);
  await announce(tx, organization_id);
};
