import { sql } from "drizzle-orm";
import type { OutboxId } from "@/db/schema/ids";
import type { DeliveryState } from "@/db/schema/outbox";
import { mayGoAgain } from "@/lib/outbox";

/** What is known of one mail of an invitation. */
export type MailShown = Readonly<{
  id: OutboxId;
  kind: string;
  state: DeliveryState;
  reason: string | null;
  /** When it was last handed to the provider, as far as anybody tried. */
  lastTryAt: Date | null;
  /** When it goes out, while it waits for longer than for its turn. */
  nextTryAt: Date | null;
  /** Whether it failed so that it may be sent again as it is. */
  retriable: boolean;
}>;

/** The same as the database gives it. */
export type StoredMail = Omit<MailShown, "lastTryAt" | "nextTryAt"> & {
  lastTryAt: string | null;
  nextTryAt: string | null;
};

/** A row of the outbox named `o`, as `readMail` takes it. Mail that waits for a turn is due within seconds: no time is said of it. */
export const mailJson = sql`jsonb_build_object('id', o.id, 'kind', o.kind, 'state', o.state, 'reason', o.reason,
  'lastTryAt', o.last_attempt_at,
  'nextTryAt', case when o.state = 'queued' and o.next_attempt_at > clock_timestamp() + interval '5 seconds' then o.next_attempt_at end,
  'retriable', ${mayGoAgain})`;

/**
 * The newest mail of an invitation named `i`, a reminder included; null when it had none. By its sending first: a row is
 * dated by the beginning of its transaction, and one that sends again may have begun before the reminder it takes back.
 */
export const newestMail = sql`(select ${mailJson} from outbox o
  where o.invitation_id = i.id and o.kind in ('invitation', 'reminder') order by o.send desc, o.created_at desc limit 1)`;

export const readMail = ({ lastTryAt, nextTryAt, ...mail }: StoredMail): MailShown => ({
  ...mail,
  lastTryAt: lastTryAt === null ? null : new Date(lastTryAt),
  nextTryAt: nextTryAt === null ? null : new Date(nextTryAt),
});
