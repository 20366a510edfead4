import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { config } from "@/lib/config.mjs";
import { testDatabase } from "@/lib/testing/database";
import { attemptsOf, letTimePass, plainMail, promise, readMail, sendAll, until } from "@/lib/testing/outbox";
import { startResend, throughResend } from "@/lib/testing/resend";
import { startSmtp } from "@/lib/testing/smtp";
import { claimNext } from "./claim";
import { mailStanding } from "./flow";
import { transport } from "./transport";
import { startWorker } from "./worker";

// The operator changes where mail is sent, over mail that nobody has heard of. A mail server and two stand-ins for Resend;
// our process reads its configuration once, so what it read is changed under it, as by a restart.
const resend = await throughResend();
const [smtp, other] = [await startSmtp(), await startResend()];
testDatabase();

const from = "invites@gatehouse.example.org";
const ways = {
  "a mail server": { kind: "smtp", url: smtp.url, from },
  "another mail server": { kind: "smtp", url: smtp.url.replace("127.0.0.1", "localhost"), from },
  Resend: { kind: "resend", apiKey: "re_test", baseUrl: resend.url, from },
  "another key of Resend": { kind: "resend", apiKey: "re_other", baseUrl: resend.url, from },
  "another address of Resend": { kind: "resend", apiKey: "re_test", baseUrl: other.url, from },
  "the local mailbox": { kind: "mailbox", from },
} as const;
type Way = keyof typeof ways;
const sendThrough = (way: Way) => void Object.assign(config(), { mail: ways[way] });

beforeEach(async () => {
  for (const each of [resend, smtp, other]) each.forget();
  await db().execute(sql`delete from outbox`);
  await db().execute(sql`delete from mail_flow`);
});
const mailsAnywhere = async () => [...resend.mails(), ...other.mails(), ...(await smtp.mails())].length;

/** A mail that was handed over this way by a process that was killed before it heard the answer. */
const handedOver = async (way: Way) => {
  sendThrough(way);
  const id = await promise(plainMail());
  const [send, claim] = [await transport(), await claimNext()];
  if (!send || claim === null || claim === "settled" || "waitMs" in claim) throw new Error("Nothing to send");
  await send(claim, new AbortController().signal);
  return id;
};

/** The same mail once somebody has gone on who sends this way. */
const goOn = async (id: Awaited<ReturnType<typeof promise>>, way: Way) => {
  sendThrough(way);
  await letTimePass();
  await sendAll();
  return readMail(id);
};

describe("a mail that may have been taken where it went is unknown, and goes nowhere else", () => {
  test.each<[Way, Way]>([
    ["a mail server", "Resend"],
    ["a mail server", "another mail server"],
    ["a mail server", "a mail server"],
    ["Resend", "a mail server"],
    ["Resend", "another key of Resend"],
    ["Resend", "another address of Resend"],
    ["Resend", "the local mailbox"],
  ])("by %s, then by %s", async (one, next) => {
    const id = await handedOver(one);
    expect(await mailsAnywhere()).toBe(1);
    expect(await goOn(id, next)).toMatchObject({
      ...{ state: "unknown", attempts: 1, leaseUntil: null },
      reason: "Nobody confirmed that it was taken where it was sent; it may have arrived.",
    });
    expect(await mailsAnywhere()).toBe(1);
    expect(await goOn(id, one), "going back sends it no more").toMatchObject({ state: "unknown", attempts: 1 });
  });
});

test("by Resend and again by the same it is tried again, as one mail", async () => {
  const id = await handedOver("Resend");
  expect(await goOn(id, "Resend")).toMatchObject({ state: "sent", attempts: 2 });
  expect(await mailsAnywhere()).toBe(1);
});

test.each<[Way, Way]>([
  ["a mail server", "Resend"],
  ["Resend", "a mail server"],
])("a mail that was put off by %s goes by %s", async (one, next) => {
  sendThrough(one);
  resend.next({ status: 500 });
  smtp.next({ at: "recipient", code: 451, message: "4.7.1 Greylisted" });
  const id = await promise(plainMail());
  await sendAll();
  for (const each of [resend, smtp]) each.forget();
  expect(await goOn(id, next)).toMatchObject({ state: "sent", attempts: 2 });
  expect(await mailsAnywhere()).toBe(1);
});

test("what one account was told is not held against the next", async () => {
  const refused = { status: 401, name: "invalid_api_key", message: "API key is invalid" };
  sendThrough("Resend");
  resend.next(refused);
  const id = await promise(plainMail());
  const worker = startWorker();
  await until(sql`exists (select from mail_flow where paused_since is not null)`).finally(worker.stop);
  expect(await mailStanding()).toMatchObject({ kind: "paused" });
  sendThrough("another key of Resend");
  expect(await mailStanding()).toEqual({ kind: "on" });
  await sendAll();
  expect(await readMail(id)).toMatchObject({ state: "sent", attempts: 2 });
});

describe("of an attempt from before it was written down by what it went, today's provider decides", () => {
  test.each<[Way, string]>([
    ["Resend", "sent"],
    ["a mail server", "unknown"],
  ])("%s: %s", async (way, state) => {
    const id = await handedOver(way);
    await db().execute(sql`update outbox_attempts set through = null`);
    expect(await goOn(id, way)).toMatchObject({ state });
    expect(await mailsAnywhere()).toBe(1);
  });
});

test("what an attempt remembers tells providers apart and gives no secret away", async () => {
  const remembered = new Map<Way, string | null | undefined>();
  for (const way of ["a mail server", "Resend", "another key of Resend", "another address of Resend"] as const)
    remembered.set(way, (await attemptsOf(await handedOver(way)))[0]?.through);
  expect(new Set(remembered.values()).size).toBe(4);
  for (const through of remembered.values()) expect(through).toMatch(/^(smtp|resend) [0-9a-f]{16}$/);
});
