import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { client, db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import { testDatabase } from "@/lib/testing/database";
import { letTimePass, plainMail, promise, readMail, sendAll } from "@/lib/testing/outbox";
import { freshEmail, inviteOne, makeOwner } from "@/lib/testing/people";
import { throughResend } from "@/lib/testing/resend";
import { deliveries } from "./announce";
import { claimNext } from "./claim";
import { withdraw } from "./enqueue";
import { takeReport } from "./events";
import { gather, handOver, holdBack, queueAgain } from "./index";

const resend = await throughResend();
// Anybody may make an organization, so one mailbox hears from so many of them.
Object.assign(process.env, { SIGNUP_MODE: "open" });
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

/** Ways in which a mail comes further: each makes one that stands just before, and gives the step. */
const steps: Record<string, (owner: Actor, to: string) => Promise<() => Promise<unknown>>> = {
  "failed and is tried again": async ({ organizationId }, to) => {
    resend.next({ status: 422 });
    const id = await promise({ kind: "deactivated", to, organizationId, organization: "Acme" });
    await sendAll();
    return () => db().transaction((tx) => queueAgain(tx, id));
  },
  "waits for somebody who now wants no invitations": async (owner, to) => {
    await inviteOne(owner, to);
    return () => db().transaction((tx) => holdBack(tx, to, null));
  },
  "must not go, as turns out when it is claimed": async (owner, to) => {
    await inviteOne(owner, to);
    await db().execute(sql`insert into blocks (email) values (${to})`);
    return () => claimNext();
  },
  "is put off, others having written to its mailbox": async (owner, to) => {
    for (let n = 0; n < 3; n++) await inviteOne(await makeOwner(), to);
    await sendAll();
    await inviteOne(owner, to);
    return () => claimNext();
  },
  "the provider reports of": async (owner, to) => {
    await inviteOne(owner, to);
    await sendAll();
    const { id = "", key: mail = "" } = resend.mails()[0] ?? {};
    const known = { messageId: id, mail, to: [to], occurredAt: new Date() };
    return () => takeReport({ id: `msg-${mail}`, kind: "delivered", reason: null, permanent: false, ...known });
  },
  "is told to others, its recipient having left": async ({ organizationId, name }, to) => {
    const news = { kind: "asked-again" as const, to, organizationId, organization: "Acme", asked: [freshEmail()] };
    await db().transaction((tx) => gather(tx, news));
    return () => db().transaction((tx) => handOver(tx, { organizationId, from: { name, email: to }, to: [] }));
  },
};

test.each(Object.entries(steps))("an organization hears of its mail that %s", async (_, prepare) => {
  const owner = await makeOwner();
  const step = await prepare(owner, freshEmail());
  await said();
  await step();
  expect(await said()).toEqual([owner.organizationId]);
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
