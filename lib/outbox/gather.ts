import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { OrganizationId, OutboxId } from "@/db/schema/ids";
import { announced } from "./announce";
import { enqueue } from "./enqueue";
import type { Gathered } from "./gathered-mails";
import { Mail } from "./mails";
import { mayHaveGone } from "./through";
import { together } from "./together";

/** Between two gathered mails to one person. */
const hours = 24;

/**
 * Promises a mail that gathers: the first goes at once; what comes within a day of it goes in one mail when that day is
 * over. The caller holds the organization's row lock, so two that come at once find each other.
 */
export const gather = async (tx: Tx, mail: Gathered): Promise<void> => {
  const same = sql`kind = ${mail.kind} and to_email = ${mail.to} and organization_id = ${mail.organizationId}`;
  // What was tried is written, and stays as it was written.
  const [last] = await readWaiting(tx, sql`${same} and attempts = 0`);
  if (last) {
    const joined = JSON.stringify(together(mail, last.mail));
    await tx.execute(sql`update outbox set payload = ${joined}::jsonb where id = ${last.id}`);
    return;
  }
  const [before] = await tx.execute<{ due: string | null }>(sql`
    select max(coalesce(first_attempt_at, created_at)) + make_interval(hours => ${hours}) as due from outbox where ${same}`);
  await enqueue(tx, [together(mail, null)], before?.due ? new Date(before.due) : undefined);
};

/** Locks those of these mails that wait. Without those that can't be read: their claim sets them aside. */
const readWaiting = async (tx: Tx, which: SQL): Promise<{ id: OutboxId; mail: Mail }[]> => {
  const rows = await tx.execute<{ id: OutboxId; payload: unknown }>(sql`
    select id, payload from outbox where ${which} and state = 'queued' order by created_at, id for update`);
  return rows.flatMap(({ id, payload }) => {
    const mail = Mail.safeParse(payload);
    return mail.success ? [{ id, mail: mail.data }] : [];
  });
};

/**
 * Gives what waits to tell somebody who has left of their invitations to others instead: who asks for a new one, and who
 * joined without groups that the one who left had vouched for. The caller holds the organization's row lock.
 */
export const handOver = async (
  tx: Tx,
  {
    organizationId,
    from,
    to,
  }: { organizationId: OrganizationId; from: { name: string; email: string }; to: readonly string[] },
): Promise<void> => {
  const theirs = sql`to_email = ${from.email} and organization_id = ${organizationId} and not ${mayHaveGone(sql`outbox.id`)}`;
  for (const { id, mail } of await readWaiting(tx, sql`kind in ('asked-again', 'groups-left-out') and ${theirs}`)) {
    await tx.execute(
      announced(sql`
      update outbox set state = 'cancelled', settled_at = clock_timestamp(), reason = 'Told to others: its recipient has left.'
      where id = ${id} returning organization_id`),
    );
    if (mail.kind === "asked-again") for (const email of to) await gather(tx, { ...mail, to: email });
    if (mail.kind === "groups-left-out") {
      const joined = mail.joined.map((each) => ({ vouchedBy: from.name, ...each }));
      for (const email of to) await gather(tx, { ...mail, joined, to: email });
    }
  }
};
