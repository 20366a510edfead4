import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { enqueue } from "./enqueue";
import type { MailOf } from "./mails";

/** Between two gathered mails to one person. */
const hours = 24;

/**
 * Promises a mail that gathers: the first goes at once; what comes within a day of it goes in one mail when that day is
 * over. The caller holds the organization's row lock, so two that come at once find each other.
 */
export const gather = async (tx: Tx, mail: MailOf<"asked-again">): Promise<void> => {
  const same = sql`kind = ${mail.kind} and to_email = ${mail.to} and organization_id = ${mail.organizationId}`;
  const asked = sql`payload -> 'asked'`;
  const joined = await tx.execute(sql`
    update outbox set payload = jsonb_set(payload, '{asked}', ${asked} || ${JSON.stringify(mail.asked)}::jsonb)
    where ${same} and state = 'queued' and attempts = 0 returning 1`);
  if (joined.length > 0) return;
  const [last] = await tx.execute<{ due: string | null }>(sql`
    select max(next_attempt_at_first) + make_interval(hours => ${hours}) as due
    from (select coalesce(first_attempt_at, created_at) as next_attempt_at_first from outbox where ${same}) as earlier`);
  await enqueue(tx, [mail], last?.due ? new Date(last.due) : undefined);
};
