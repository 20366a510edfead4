import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { prettifyError } from "zod";
import { db, type Tx } from "@/db/client";
import type { OrganizationId, OutboxId } from "@/db/schema/ids";
import { currentFingerprint } from "@/lib/auth/derive";
import { announce } from "./announce";
import { crowdedUntil } from "./crowded";
import { readFacts } from "./facts";
import { Mail } from "./mails";
import { type Pace, readPace, takeSlot } from "./pace";
import { Frozen, freeze } from "./render";
import { leaseSeconds, retryHours } from "./rules";
import { reveal, secretOf } from "./secret";
import { stillSo } from "./still-so";
import { through } from "./through";
import { type Ended, warnOf } from "./warn";

/** A mail that one worker may send now, as its attempt of that number. */
export type Claim = Readonly<{
  id: OutboxId;
  to: string;
  attempt: number;
  /** Of the first attempt: what the mail is dated by at each. */
  firstAt: Date;
  message: Frozen;
  secret: string;
}>;
/** With what was known of the provider when it was taken. */
export type Claimed = Claim & Readonly<{ pace: Pace }>;

/** Nothing may be sent for so long, though there may be mail. */
export type Wait = Readonly<{ waitMs: number }>;

type Row = {
  id: OutboxId;
  kind: string;
  organization_id: OrganizationId | null;
  to_email: string;
  payload: unknown;
  priority: number;
  attempts: number;
  frozen: unknown;
  secret_fingerprint: string | null;
};

/**
 * Takes the most urgent mail that is due for one lease, the organizations in turn, and writes the attempt down before it
 * is made. A mail that must not be sent (now) is settled or put off instead. Gives the claim, or `settled`, or how long the
 * provider wants nothing, or null when nothing is due. Asked for the `urgent` it looks for codes, resets and the like alone.
 */
export const claimNext = async (which: "urgent" | "any" = "any"): Promise<Claimed | "settled" | Wait | null> => {
  const pace = await readPace();
  const waitMs = which === "urgent" ? pace.urgentMs : pace.anyMs;
  if (pace.urgentMs > 0) return { waitMs };
  const claimed = await claimAt(pace, which === "urgent" || pace.anyMs > 0);
  if (typeof claimed === "object" && claimed !== null && "ended" in claimed) {
    warnOf(claimed.ended);
    return "settled";
  }
  return claimed === null && waitMs > 0 ? { waitMs } : claimed;
};

const claimAt = (pace: Pace, urgentOnly: boolean): Promise<Claimed | { ended: Ended } | "settled" | Wait | null> =>
  db().transaction(async (tx) => {
    const [row] = await tx.execute<Row>(sql`
      select id, kind, organization_id, to_email, payload, priority, attempts, frozen, secret_fingerprint from outbox
      where state in ('queued', 'sending') and next_attempt_at <= clock_timestamp() ${urgentOnly ? sql`and priority = 0` : sql``}
      order by priority, turn, created_at, id limit 1 for update skip locked`);
    if (!row) return null;

    const mail = Mail.safeParse(row.payload);
    if (!mail.success) return settle(tx, row, "failed", "What was stored is not a mail we know.");
    const facts = await readFacts(tx, row.id, mail.data);
    if (facts.accepted) return settle(tx, row, "sent", null);
    if (facts.mayHaveGone && (!facts.wanted || facts.suppressed || facts.blocked))
      return settle(tx, row, "unknown", "It was stopped while it was being sent; it may have arrived.");
    if (!facts.wanted)
      return settle(tx, row, "cancelled", "What it speaks of had ended by then, or its recipient had left.");
    if (facts.wouldBeASecondMail)
      return settle(tx, row, "unknown", "Nobody confirmed that it was taken where it was sent; it may have arrived.");
    if (facts.tooLate) return settle(tx, row, "unknown", facts.mayHaveGone ? unconfirmed : unsent);
    if (facts.suppressed)
      return settle(tx, row, "suppressed", "Mail to this address bounced or was marked as spam before.");
    if (facts.blocked)
      return settle(tx, row, "suppressed", "Whoever reads mail at this address asked for no more invitations.");
    const crowded = await crowdedUntil(tx, mail.data, row.id);
    if (crowded !== null) return putOff(tx, row, crowded);

    const fingerprint = row.secret_fingerprint ?? currentFingerprint();
    const secret = secretOf(mail.data, fingerprint);
    if (secret === null) return settle(tx, row, "unknown", "The secret that its link was made with is gone.");
    // What was written once is sent as it was written.
    const told = row.frozen ? mail.data : await stillSo(tx, mail.data);
    if (!told) return settle(tx, row, "cancelled", "Nothing of what it was to tell was so any more.");
    const frozen = await frozenOf(row, told);
    if (typeof frozen === "string") return settle(tx, row, "failed", `It could not be written: ${frozen}`);

    // Last, for it may hold back everybody's next claim until this one is committed.
    const slot = await takeSlot(tx, pace, row.priority === 0);
    if (slot === null) return { waitMs: 0 };
    const attempt = row.attempts + 1;
    await writeAttempt(tx, row, { attempt, frozen, fingerprint, now: facts.now });
    const message = reveal(frozen, row.id, secret);
    return { id: row.id, to: row.to_email, attempt, firstAt: new Date(facts.firstAt), message, secret, pace: slot };
  });

const unconfirmed = `Nobody confirmed it within ${retryHours} hours; it may have arrived.`;
const unsent = `It was refused each time for ${retryHours} hours, so it did not go out.`;

const settle = async (
  tx: Tx,
  { id, kind, organization_id }: Row,
  state: "sent" | "cancelled" | "failed" | "suppressed" | "unknown",
  said: string | null,
): Promise<{ ended: Ended }> => {
  const reason = said?.slice(0, 500) ?? null;
  await tx.execute(sql`
    update outbox set state = ${state}, reason = ${reason}, settled_at = clock_timestamp(), lease_until = null
    where id = ${id}`);
  await announce(tx, organization_id);
  return { ended: { kind, id, state, reason } };
};

const putOff = async (tx: Tx, { id, organization_id }: Row, until: string) => {
  await tx.execute(sql`
    update outbox set next_attempt_at = ${until}::timestamptz, reason = 'This address has had many invitations lately. It goes out later.'
    where id = ${id}`);
  await announce(tx, organization_id);
  return "settled" as const;
};

/** The message as it was first written, or as it is now; when it can't be written, why. */
const frozenOf = async (row: Row, mail: Mail): Promise<Frozen | string> => {
  try {
    const frozen = Frozen.safeParse(row.frozen ?? (await freeze(row.id, mail)));
    return frozen.success ? frozen.data : prettifyError(frozen.error);
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
    insert into outbox_attempts (outbox_id, number, started_at, through, body_sha256)
    values (${id}, ${attempt}, ${now}::timestamptz, ${through()}, ${hash})`);
  await announce(tx, organization_id);
};
