import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { takeReport } from "@/lib/outbox/events";
import { startSweeping, sweep } from "./sweep";
import { testDatabase } from "./testing/database";
import { plainMail, promise, readMail, sendAll, until } from "./testing/outbox";
import { makeOwner } from "./testing/people";

testDatabase();

test("what still counts stays, what no longer can goes, and no password hash outlives its code", async () => {
  const owner = await makeOwner();
  await db().execute(sql`
    insert into limits (scope, subject, hits) values ('s', 'old', array[now() - interval '3 days']),
      ('s', 'new', array[now() - interval '3 days', now() - interval '1 hour'])`);
  await db().execute(sql`
    insert into challenges (purpose, email, payload, created_at, expires_at) values
      ('sign-up', 'open@x.org', '{"hash":1}', now() - interval '20 hours', now() - interval '19 hours'),
      ('sign-up', 'over@x.org', '{"hash":1}', now() - interval '25 hours', now() - interval '24 hours'),
      ('sign-up', 'gone@x.org', '{"hash":1}', now() - interval '31 days', now() - interval '31 days')`);
  await db().execute(sql`
    insert into sessions (user_id, created_at, expires_at) values (${owner.userId}, now() - interval '61 days', now() - interval '31 days')`);
  await sweep();

  const limits = await db().execute<{ subject: string }>(sql`select subject from limits where scope = 's'`);
  expect(limits.map(({ subject }) => subject)).toEqual(["new"]);
  const challenges = await db().execute<{ email: string; kept: boolean }>(
    sql`select email, payload is not null as kept from challenges order by email`,
  );
  expect([...challenges]).toEqual([
    { email: "open@x.org", kept: true },
    { email: "over@x.org", kept: false },
  ]);
  const sessions = await db().execute<{ id: string }>(sql`select id from sessions`);
  expect(sessions.map(({ id }) => id)).toEqual([owner.sessionId]);
});

const report = (id: string) => ({
  ...{ id, kind: "delivered" as const, messageId: `message-${id}`, mail: null, to: [], occurredAt: new Date() },
  ...{ reason: null, permanent: false },
});

test("what was reported of mail that nobody here has sent is forgotten after two days; what was reported of ours stays", async () => {
  const mail = await promise(plainMail());
  await sendAll();
  for (const id of ["new", "old", "ours"]) await takeReport(report(id));
  await db().execute(sql`update mail_events set outbox_id = ${mail} where id = 'ours'`);
  await db().execute(sql`update mail_events set received_at = now() - interval '49 hours' where id <> 'new'`);
  await sweep();
  const kept = await db().execute<{ id: string }>(sql`select id from mail_events order by id`);
  expect(kept.map(({ id }) => id)).toEqual(["new", "ours"]);
});

test("a server that starts takes the reports that nobody gave to their mail", async () => {
  const mail = await promise(plainMail());
  await sendAll();
  await takeReport(report("late"));
  await db().execute(sql`update outbox_attempts set provider_message_id = 'message-late' where outbox_id = ${mail}`);
  const sweeping = startSweeping();
  await until(sql`exists (select from outbox where id = ${mail} and state = 'delivered')`).finally(sweeping.stop);
  expect(await readMail(mail)).toMatchObject({ state: "delivered" });
});
