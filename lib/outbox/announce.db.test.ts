import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { client, db } from "@/db/client";
import { testDatabase } from "@/lib/testing/database";
import { letTimePass, plainMail, promise, readMail, sendAll } from "@/lib/testing/outbox";
import { freshEmail, inviteOne, makeOwner } from "@/lib/testing/people";
import { throughResend } from "@/lib/testing/resend";
import { deliveries } from "./announce";
import { withdraw } from "./enqueue";

const resend = await throughResend();
testDatabase();

const heard: string[] = [];
let listening: { unlisten(): Promise<void> };
beforeAll(async () => {
  listening = await client().listen(deliveries, (organization) => void heard.push(organization));
});
afterAll(() => listening.unlisten());
beforeEach(async () => {
  resend.forget();
  await db().execute(sql`delete from outbox`);
});

/** What was said since the last look; a last word of our own comes after everything that was said before it. */
const said = async () => {
  const end = crypto.randomUUID();
  await db().execute(sql`select pg_notify(${deliveries}, ${end})`);
  while (heard.at(-1) !== end) await new Promise((resolve) => setTimeout(resolve, 5));
  return heard.splice(0).slice(0, -1);
};

test("an organization hears of its mail when it is promised, claimed, answered and taken back, and of nobody else's", async () => {
  const [owner, other] = [await makeOwner("Acme"), await makeOwner("Globex")];
  await said();
  await inviteOne(owner, freshEmail());
  expect(await said()).toEqual([owner.organizationId]);
  await sendAll();
  expect(await said()).toEqual([owner.organizationId, owner.organizationId]);
  const id = await inviteOne(other, freshEmail());
  await said();
  await db().transaction((tx) => withdraw(tx, [id]));
  expect(await said()).toEqual([other.organizationId]);
  await db().transaction((tx) => withdraw(tx, [id]));
  expect(await said(), "nothing changed").toEqual([]);
});

test("a change that is rolled back is not spoken of, nor is mail of no organization", async () => {
  const owner = await makeOwner();
  const id = await inviteOne(owner, freshEmail());
  await said();
  const change = db().transaction(async (tx) => {
    await withdraw(tx, [id]);
    throw new Error("changed my mind");
  });
  await expect(change).rejects.toThrow("changed my mind");
  await db().execute(sql`delete from outbox`);
  await promise(plainMail());
  await sendAll();
  expect(await said()).toEqual([]);
});

test("a mail knows when it was tried first and last", async () => {
  const id = await promise(plainMail());
  resend.next({ status: 500 });
  await sendAll();
  const once = await readMail(id);
  expect(once.lastAttemptAt).toEqual(once.firstAttemptAt);
  await letTimePass();
  await sendAll();
  const twice = await readMail(id);
  expect(twice.firstAttemptAt).toEqual(once.firstAttemptAt);
  expect(Number(twice.lastAttemptAt)).toBeGreaterThan(Number(once.lastAttemptAt));
});
