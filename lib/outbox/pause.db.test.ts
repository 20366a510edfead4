import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { log } from "@/lib/log";
import { testDatabase } from "@/lib/testing/database";
import { nothingDue, plainMail, promise, until } from "@/lib/testing/outbox";
import { type Behaviour, throughResend } from "@/lib/testing/resend";
import { claimNext } from "./claim";
import { complete } from "./complete";
import { channel, enqueue } from "./enqueue";
import { mailStanding } from "./flow";
import { learn } from "./learn";
import { refusal } from "./rules";
import { startWorker } from "./worker";

// Workers know of each other by the database alone, as those of replicas do.
const resend = await throughResend();
testDatabase();

const workers: { stop(): Promise<void> }[] = [];
const start = (many: number) => workers.push(...Array.from({ length: many }, startWorker));
const alerts = vi.spyOn(log, "error");
const news = vi.spyOn(log, "info");

beforeEach(async () => {
  resend.forget();
  alerts.mockClear();
  news.mockClear();
  await db().execute(sql`delete from outbox`);
  await db().execute(sql`delete from mail_flow`);
});
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.stop())));

const promiseMany = (many: number) =>
  db().transaction((tx) =>
    enqueue(
      tx,
      Array.from({ length: many }, (_, n) => plainMail(`p${n}@example.org`)),
    ),
  );
const allDue = () => db().execute(sql`update outbox set next_attempt_at = clock_timestamp() where state = 'queued'`);
/** As if the minute, or what the provider asked for, were over; every worker looks at once. */
const letQuietPass = async () => {
  await db().execute(sql`update mail_flow set quiet_until = clock_timestamp()`);
  await db().execute(sql`select pg_notify(${channel}, '')`);
};
const quiet = sql`exists (select from mail_flow where quiet_until > clock_timestamp() + interval '30 s')`;
const idle = sql`not exists (select from outbox where state = 'sending')`;
const refusing: Behaviour = { status: 401, name: "invalid_api_key", message: "API key is invalid" };
const refuse = (many: number) => resend.next(...Array.from({ length: many }, () => refusing));

test("a provider that refuses us is one alert, whoever hears it; then one worker of all asks once a minute; what waited goes out when it takes mail again", async () => {
  refuse(100);
  await promiseMany(30);
  start(3);
  await until(quiet);
  await until(idle);
  const heard = resend.requests.length;
  expect(heard, "no more than were under way at once").toBeLessThanOrEqual(15);
  expect(alerts).toHaveBeenCalledTimes(1);
  expect(alerts.mock.calls[0]?.[0]).toMatchObject({ status: 401, reason: "API key is invalid" });
  expect(await mailStanding()).toMatchObject({ kind: "paused", reason: "API key is invalid" });

  for (let minute = 1; minute <= 3; minute++) {
    await letQuietPass();
    await until(quiet);
    await until(idle);
    expect(resend.requests).toHaveLength(heard + minute);
  }
  expect(alerts).toHaveBeenCalledTimes(1);

  resend.forget();
  await letQuietPass();
  await until(nothingDue);
  expect(resend.mails()).toHaveLength(30);
  expect(await mailStanding()).toEqual({ kind: "on" });
  expect(news.mock.calls.filter(([said]) => said === "the mail provider takes mail again")).toHaveLength(1);
});

test("the mail that was refused asks again itself: no other begins its day meanwhile", async () => {
  await promiseMany(3);
  const tried = new Set<string>();
  for (let minute = 0; minute < 8; minute++) {
    await db().execute(sql`update mail_flow set quiet_until = clock_timestamp()`);
    const claimed = await claimNext();
    if (claimed === null || claimed === "settled" || "waitMs" in claimed) throw new Error("Nothing to send");
    tried.add(claimed.id);
    const answer = refusal(401, "invalid_api_key", "API key is invalid", null);
    await complete(claimed, answer);
    await learn(claimed, answer);
  }
  expect(tried.size).toBe(1);
});

test("a mail that was under way when the pause began does not end it", async () => {
  resend.next("slow", refusing);
  await promiseMany(2);
  start(1);
  await until(sql`exists (select from outbox where state = 'sent')`);
  await until(idle);
  expect((await mailStanding()).kind).toBe("paused");
});

test("a provider that judges a mail, though against it, doesn't refuse us any more", async () => {
  resend.next(refusing, { status: 422, message: "Invalid `to` field." });
  await promise(plainMail("nobody@example.org"));
  start(1);
  await until(quiet);
  await until(idle);
  await allDue();
  await letQuietPass();
  await until(sql`exists (select from outbox where state = 'failed')`);
  await until(nothingDue);
  expect(await mailStanding()).toEqual({ kind: "on" });
});

test("what one worker is asked to leave alone, all leave alone", async () => {
  resend.next({ status: 429, headers: { "retry-after": "2" } });
  await promise(plainMail("first@example.org"));
  start(1);
  await until(sql`exists (select from mail_flow where quiet_until > clock_timestamp())`);
  start(1);
  await promiseMany(5);
  await until(sql`(select count(*) = 5 from outbox where state = 'sent')`);
  // Since when the provider was left alone is measured from before it could have asked for that.
  const [left] = await db().execute<{ asked: number; kept: boolean }>(sql`
    select extract(epoch from quiet_until - min(started_at))::float as asked,
      min(started_at) filter (where outcome = 'sent') >= quiet_until as kept
    from outbox_attempts, mail_flow group by quiet_until`);
  expect(left?.asked).toBeGreaterThanOrEqual(2);
  expect(left?.kept).toBe(true);
  expect(await mailStanding(), "patience is no pause").toEqual({ kind: "on" });
  expect(alerts).not.toHaveBeenCalled();
});
