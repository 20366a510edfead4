import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import type { OrganizationId } from "@/db/schema/ids";
import { testDatabase } from "@/lib/testing/database";
import { letTimePass, plainMail, promise, until } from "@/lib/testing/outbox";
import { makeOwner } from "@/lib/testing/people";
import { throughResend } from "@/lib/testing/resend";
import { claimNext } from "./claim";
import { complete } from "./complete";
import { enqueue } from "./enqueue";
import { accepted, unanswered } from "./rules";
import { startWorker } from "./worker";

const resend = await throughResend();
testDatabase();
beforeEach(async () => {
  resend.forget();
  await db().execute(sql`delete from outbox`);
});

const organization = async () => (await makeOwner()).organizationId;

/** So many mails of one organization, to addresses that say which they are: `a1`, `a2`, … */
const bulk = (organizationId: OrganizationId, name: string, many: number, at?: Date) =>
  db().transaction((tx) =>
    enqueue(
      tx,
      Array.from({ length: many }, (_, n) => ({
        kind: "deactivated" as const,
        to: `${name}${n + 1}@example.org`,
        organizationId,
        organization: "Acme",
      })),
      at,
    ),
  );

/** Sends the next mails one by one; gives whom they went to. */
const send = async (many: number, answer = accepted("sent", 200)): Promise<string> => {
  const sent: string[] = [];
  while (sent.length < many) {
    const claim = await claimNext();
    if (claim === null || claim === "settled" || "waitMs" in claim) throw new Error("Nothing to send");
    await complete(claim, answer);
    sent.push(claim.to.split("@")[0] ?? "");
  }
  return sent.join(" ");
};

test("one mail of an organization does not wait for the thousands of another", async () => {
  const [a, b] = [await organization(), await organization()];
  await bulk(a, "a", 5000);
  await bulk(b, "b", 1);
  expect(await send(4)).toMatch(/^(a1 b1|b1 a1) a2 a3$/);
});

test("two with much to send take turns, also when one comes later and when one sends more meanwhile", async () => {
  const [a, b] = [await organization(), await organization()];
  await bulk(a, "a", 30);
  expect(await send(10)).toBe("a1 a2 a3 a4 a5 a6 a7 a8 a9 a10");
  await bulk(b, "b", 3);
  expect(await send(4)).toBe("a11 b1 a12 b2");
  await bulk(b, "more", 2);
  expect(await send(8)).toBe("a13 b3 a14 more1 a15 more2 a16 a17");
});

test("who had nothing to send for long has saved up nothing", async () => {
  const [a, b] = [await organization(), await organization()];
  await bulk(a, "later", 1, new Date(Date.now() + 3_600_000));
  await bulk(a, "a", 20);
  await send(15);
  await bulk(b, "b", 4);
  expect(await send(8)).toBe("a16 b1 a17 b2 a18 b3 a19 b4");
});

test("a mail that is tried again keeps its place before what came after it", async () => {
  const a = await organization();
  await bulk(a, "a", 3);
  expect(await send(1, unanswered("Who is there?", false))).toBe("a1");
  await letTimePass();
  expect(await send(3)).toBe("a1 a2 a3");
});

test("codes and resets go before everything, in the order they were asked for", async () => {
  await bulk(await organization(), "a", 3);
  for (const to of ["ada", "bob", "cleo"]) await promise(plainMail(`${to}@example.org`));
  expect(await send(4)).toBe("ada bob cleo a1");
});

test("bulk mail that the provider is slow with does not hold up a mail that somebody waits for", {
  timeout: 30_000,
}, async () => {
  resend.next("silent", "silent", "silent", "silent");
  await bulk(await organization(), "a", 10);
  const worker = startWorker();
  try {
    await until(sql`(select count(*) = 4 from outbox where state = 'sending')`);
    const id = await promise(plainMail());
    await until(sql`(select state = 'sent' from outbox where id = ${id})`);
    expect(resend.requests).toHaveLength(5);
  } finally {
    await worker.stop();
  }
});
