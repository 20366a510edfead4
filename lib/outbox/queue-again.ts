import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { OutboxId } from "@/db/schema/ids";
import { announced } from "./announce";
import { channel } from "./enqueue";
import { retryHours } from "./rules";

/**
 * Whether a mail, a row of the outbox named `o`, failed in such a way that it may go once more as it is. Not when the
 * provider may have forgotten its id by now; nor when it took the mail and has reported of it since, for under the same id
 * it would take nothing more.
 */
export const mayGoAgain = sql`(o.state = 'failed'
  and coalesce(o.first_attempt_at > clock_timestamp() - make_interval(hours => ${retryHours}), true)
  and not exists (select from mail_events where outbox_id = o.id))`;

/** Sends a mail that failed once more, as it is; whether that is right its caller has found out with the mail locked. */
export const queueAgain = async (tx: Tx, id: OutboxId): Promise<void> => {
  await tx.execute(
    announced(sql`
    update outbox set state = 'queued', reason = null, settled_at = null, next_attempt_at = clock_timestamp()
    where id = ${id} and state = 'failed'
    returning organization_id`),
  );
  await tx.execute(sql`select pg_notify(${channel}, '')`);
};
