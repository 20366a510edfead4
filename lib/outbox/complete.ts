import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { deliveries } from "./announce";
import type { Claim } from "./claim";
import { takeReportsOf } from "./events";
import { type Answer, retryHours, secondsUntilNext } from "./rules";
import { shownOf } from "./said";
import { warnOf } from "./warn";

/**
 * Writes down what became of an attempt. The attempt keeps its answer however late it comes; the mail moves only if this
 * is still its last attempt, for a worker that slept past its lease knows less than the one that took over. But that it was
 * accepted settles a mail that waits or of which nobody knew.
 */
export const complete = async (claim: Claim, answer: Answer): Promise<void> => {
  const reason = withoutSecret(answer.reason, claim);
  const moved = await db().transaction(async (tx) => {
    // Of a provider that refuses us one try a minute asks whether it still does, and this mail makes it: each other one
    // that did would begin its 23 hours, and be put off for longer the longer it lasts.
    const seconds = answer.refusesUs ? 0 : secondsUntilNext(claim.attempt, answer.retryAfter);
    const [mail] = await tx.execute<{ kind: string }>(sql`
      with moved as (
      update outbox set state = ${answer.state}, reason = ${reason}, lease_until = null,
        settled_at = case when ${answer.state} <> 'queued' then clock_timestamp() end,
        next_attempt_at = least(clock_timestamp() + make_interval(secs => ${seconds}),
          first_attempt_at + make_interval(hours => ${retryHours}))
      where id = ${claim.id} and ((attempts = ${claim.attempt} and state = 'sending')
        or (${answer.state} = 'sent' and state in ('queued', 'unknown')))
      returning kind, organization_id)
      select kind, case when organization_id is not null then pg_notify(${deliveries}, organization_id::text) end from moved`);
    await tx.execute(sql`
      update outbox_attempts set outcome = ${answer.outcome}, finished_at = clock_timestamp(),
        http_status = ${answer.httpStatus}, reason = ${reason}, provider_message_id = ${answer.messageId}
      where outbox_id = ${claim.id} and number = ${claim.attempt}`);
    return mail;
  });
  if (moved) warnOf({ id: claim.id, kind: moved.kind, state: answer.state, reason });
  if (answer.messageId !== null) await takeReportsOf(answer.messageId);
};

/** A provider may repeat what it refuses, and the link or code must not rest in the database. */
export const withoutSecret = (reason: string | null, { secret }: Claim): string | null =>
  reason === null ? null : shownOf(secret === "" ? reason : reason.replaceAll(secret, "…"));
