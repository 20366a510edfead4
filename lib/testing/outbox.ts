import { setTimeout as sleep } from "node:timers/promises";
import { eq, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { outbox, outboxAttempts } from "@/db/schema";
import type { OutboxId } from "@/db/schema/ids";
import { enqueue, type Mail } from "@/lib/outbox";
import { startWorker } from "@/lib/outbox/worker";

/** Promises one mail and gives its row's id. */
export const promise = async (mail: Mail): Promise<OutboxId> => {
  await db().transaction((tx) => enqueue(tx, [mail]));
  const [row] = await db().select({ id: outbox.id }).from(outbox).orderBy(sql`created_at desc, id`).limit(1);
  if (!row) throw new Error("The mail was not kept");
  return row.id;
};

/** A mail that needs nobody: it is sent whatever else is true. */
export const plainMail = (to = "ada@example.org"): Mail => ({ kind: "already-registered", to });

export const readMail = async (id: OutboxId) => {
  const [row] = await db().select().from(outbox).where(eq(outbox.id, id));
  if (!row) throw new Error("There is no such mail");
  return row;
};

export const attemptsOf = (id: OutboxId) =>
  db().select().from(outboxAttempts).where(eq(outboxAttempts.outboxId, id)).orderBy(outboxAttempts.number);

/** Makes everything that waits due at once, as if its lease or pause had run out, and what the provider asked for. */
export const letTimePass = () =>
  db().execute(sql`
    with flow as (update mail_flow set quiet_until = clock_timestamp(), next_slot_at = clock_timestamp())
    update outbox set next_attempt_at = clock_timestamp(),
      lease_until = case when state = 'sending' then clock_timestamp() end
    where state in ('queued', 'sending')`);

/** Waits until a condition over the outbox holds; throws after ten seconds. */
export const until = async (holds: SQL): Promise<void> => {
  for (let tries = 0; tries < 400; tries++) {
    const [row] = await db().execute<{ holds: boolean }>(sql`select ${holds} as holds`);
    if (row?.holds) return;
    await sleep(25);
  }
  throw new Error("It did not come to that in ten seconds");
};

export const nothingDue = sql`not exists (select from outbox
  where state = 'sending' or state = 'queued' and next_attempt_at <= clock_timestamp())`;

/** Lets a worker send what is due, and stops it. */
export const sendAll = async (): Promise<void> => {
  const worker = startWorker();
  await until(nothingDue).finally(worker.stop);
};
