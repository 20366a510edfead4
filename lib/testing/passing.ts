import { client } from "@/db/client";
import { channel } from "@/lib/outbox/enqueue";

// Lets time pass for mail in the database of a running product: its own clock is not ours to turn. What a worker holds at
// this moment is passed over, as it would be for another worker.

/**
 * Whatever waits for a pause to end, for another try or, unless only those that were `tried` are meant, for its day is due
 * now, and every worker looks.
 */
export const hurry = async (which: "tried" | "all" = "all"): Promise<void> => {
  const sql = client();
  await sql`
    with waiting as (
      select id from outbox where state = 'queued' and next_attempt_at > clock_timestamp()
        and attempts >= ${which === "tried" ? 1 : 0} for update skip locked
    )
    update outbox set next_attempt_at = clock_timestamp() from waiting where outbox.id = waiting.id`;
  await sql`update mail_flow set quiet_until = null, next_slot_at = null where quiet_until is not null or next_slot_at is not null`;
  await sql`select pg_notify(${channel}, '')`;
};

/** Every lease has run out: whoever still works on such a mail works too long. */
export const endLeases = async (): Promise<void> => {
  const sql = client();
  await sql`
    with leased as (select id from outbox where state = 'sending' for update skip locked)
    update outbox set next_attempt_at = clock_timestamp(), lease_until = clock_timestamp()
    from leased where outbox.id = leased.id`;
  await sql`select pg_notify(${channel}, '')`;
};

/** All that was tried and not settled was tried 25 hours earlier. */
export const aDayLater = async (): Promise<void> => {
  const sql = client();
  await sql`
    with tried as (
      update outbox set first_attempt_at = first_attempt_at - interval '25 hours',
        last_attempt_at = last_attempt_at - interval '25 hours', next_attempt_at = clock_timestamp(),
        lease_until = case when state = 'sending' then clock_timestamp() end
      where id in (select id from outbox where state in ('queued', 'sending') and attempts > 0 for update skip locked)
      returning id
    )
    update outbox_attempts set started_at = started_at - interval '25 hours',
      finished_at = finished_at - interval '25 hours' from tried where outbox_id = tried.id`;
  await sql`select pg_notify(${channel}, '')`;
};
