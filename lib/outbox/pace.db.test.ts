import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import type { OrganizationId } from "@/db/schema/ids";
import { testDatabase } from "@/lib/testing/database";
import { letTimePass, plainMail, promise, readMail, sendAll, until } from "@/lib/testing/outbox";
import { makeOwner } from "@/lib/testing/people";
import { throughResend } from "@/lib/testing/resend";
import { enqueue } from "./enqueue";
import { startWorker } from "./worker";

const resend = await throughResend();
testDatabase();

const workers: { stop(): Promise<void> }[] = [];
const start = (many: number) => workers.push(...Array.from({ length: many }, startWorker));
let organizationId: OrganizationId;

beforeEach(async () => {
  organizationId = (await makeOwner()).organizationId;
  resend.forget();
  await db().execute(sql`delete from outbox`);
  await db().execute(sql`delete from mail_flow`);
});
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.stop())));

/** One mail goes out, and the provider's answer tells its rate. */
const tellRate = async (headers: Record<string, string>, status = 200) => {
  resend.next({ status, headers, plain: JSON.stringify({ id: "one" }) });
  await promise(plainMail());
  await sendAll();
};
const bulk = (many: number) =>
  db().transaction((tx) =>
    enqueue(
      tx,
      Array.from({ length: many }, (_, n) => ({
        kind: "deactivated" as const,
        to: `p${n}@example.org`,
        organizationId,
        organization: "Acme",
      })),
    ),
  );
const flow = async () =>
  (await db().execute(sql`select rate_limit as "limit", rate_seconds as seconds from mail_flow`))[0];
const left = (many: number) =>
  sql`(select count(*) >= ${many} from outbox where state = 'sent' and kind = 'deactivated')`;
/** Seconds from the first to the last of the bulk that left. */
const span = async () => {
  const [row] = await db().execute<{ seconds: number }>(sql`
    select extract(epoch from max(last_attempt_at) - min(last_attempt_at))::float as seconds
    from outbox where kind = 'deactivated' and state = 'sent'`);
  return row?.seconds;
};

test("the provider's rate is read from any answer, also a refusal", async () => {
  await tellRate({ "ratelimit-limit": "10", "ratelimit-policy": "10;w=2", "ratelimit-reset": "1" });
  expect(await flow()).toEqual({ limit: 10, seconds: 2 });
  await tellRate({ "ratelimit-limit": "5", "ratelimit-reset": "1" }, 500);
  expect(await flow()).toEqual({ limit: 5, seconds: 1 });
  await letTimePass();
  await tellRate({ "ratelimit-limit": "5", "ratelimit-reset": "3" });
  await letTimePass();
  await tellRate({ "ratelimit-limit": "5", "ratelimit-reset": "2" });
  expect(await flow(), "the rest of a window is not the whole").toEqual({ limit: 5, seconds: 3 });
  await letTimePass();
  await tellRate({ "ratelimit-limit": "5", "ratelimit-policy": "5;w=1", "ratelimit-reset": "2" });
  expect(await flow(), "a window that is told is believed, also when it is shorter").toEqual({ limit: 5, seconds: 1 });
});

test("all workers together keep to it", async () => {
  await tellRate({ "ratelimit-limit": "5", "ratelimit-policy": "5;w=1" });
  await bulk(10);
  start(3);
  await until(left(10));
  // Nine times a fifth of a second; no slot is lost for long either.
  expect(await span()).toBeGreaterThan(1.75);
  expect(await span()).toBeLessThan(4);
});

test("bulk mail leaves room for a mail that somebody waits for, which never waits for all of them", async () => {
  await tellRate({ "ratelimit-limit": "2", "ratelimit-policy": "2;w=20" });
  await letTimePass();
  await bulk(5);
  start(2);
  await until(left(1));
  const urgent = await promise(plainMail());
  await until(sql`(select state = 'sent' from outbox where id = ${urgent})`);
  const mail = await readMail(urgent);
  expect(Number(mail.firstAttemptAt) - Number(mail.createdAt)).toBeLessThan(2_000);
  const [next] = await db().execute<{ seconds: number }>(sql`
    select extract(epoch from next_slot_at - clock_timestamp())::float as seconds from mail_flow`);
  expect(next?.seconds, "the bulk waits for the slot it gave away").toBeGreaterThan(15);
  expect(resend.requests).toHaveLength(3);
});

test("without a word about a rate nobody waits", async () => {
  await bulk(40);
  start(1);
  await until(left(40));
  expect(await flow()).toBeUndefined();
});
