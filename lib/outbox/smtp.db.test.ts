import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { testDatabase } from "@/lib/testing/database";
import { attemptsOf, letTimePass, plainMail, promise, readMail, sendAll, until } from "@/lib/testing/outbox";
import { type Behaviour, login, throughSmtp } from "@/lib/testing/smtp";
import { claimNext } from "./claim";
import { startWorker } from "./worker";

const smtp = await throughSmtp();
testDatabase();
beforeEach(async () => {
  smtp.forget();
  await db().execute(sql`delete from outbox`);
  await db().execute(sql`delete from mail_flow`);
});

/** Sends one mail to a server that behaves like this; gives the mail and its attempt. */
const sendTo = async (behaviour: Behaviour) => {
  smtp.next(behaviour);
  const id = await promise(plainMail());
  await sendAll();
  return { id, mail: await readMail(id), attempt: (await attemptsOf(id))[0] };
};

const sendAgain = async () => {
  await letTimePass();
  await sendAll();
};

test("a mail that was taken is sent, never called delivered, and its Message-ID is kept", async () => {
  const { id, mail, attempt } = await sendTo("accept");
  expect(mail).toMatchObject({ state: "sent", attempts: 1, leaseUntil: null, reason: null });
  const messageId = `<${id}@gatehouse.example.org>`;
  expect(attempt).toMatchObject({ outcome: "sent", providerMessageId: messageId });
  expect(await smtp.mails()).toMatchObject([{ messageId }]);
});

test("it goes from our sender to one recipient, after the login, and encrypted where the server can", async () => {
  await sendTo("accept");
  expect(smtp.conversations).toMatchObject([
    { secure: true, login: login.user, from: "invites@gatehouse.example.org", to: ["ada@example.org"] },
  ]);
});

test("the server gets sender, answer address, both parts and the headers of generated mail", async () => {
  const { id } = await sendTo("accept");
  const [mail] = await smtp.mails();
  expect(mail?.from?.value).toEqual([{ name: "Gatehouse", address: "invites@gatehouse.example.org" }]);
  expect(mail?.replyTo?.value).toEqual([{ name: "", address: "help@gatehouse.example.org" }]);
  expect(mail?.to).toMatchObject({ value: [{ address: "ada@example.org" }] });
  expect(mail).toMatchObject({
    subject: "You already have a Gatehouse account",
    text: expect.stringContaining("https://gatehouse.example.org/signin"),
    html: expect.stringContaining("https://gatehouse.example.org/signin"),
  });
  expect(mail?.headers.get("auto-submitted")).toBe("auto-generated");
  expect(mail?.headers.get("x-entity-ref-id")).toBe(id);
  expect(mail?.raw).not.toMatch(/^(x-mailer|bcc|sender):/im);
});

describe("is tried again, byte for byte the same, after", () => {
  const passing: [string, Behaviour, string][] = [
    ["greylisting", { at: "recipient", code: 451, message: "4.7.1 Greylisted" }, "451 4.7.1 Greylisted"],
    ["a mailbox that is busy", { at: "recipient", code: 450, message: "4.2.0 Busy" }, "450 4.2.0 Busy"],
    ["a greeting of 421", { at: "greeting", code: 421, message: "Too busy" }, "421 Too busy"],
    ["a login that must wait", { at: "login", code: 454, message: "4.7.0 Later" }, "454 4.7.0 Later"],
    ["a sender that must wait", { at: "sender", code: 452, message: "4.3.1 Full" }, "452 4.3.1 Full"],
    ["words that it has no room for", { at: "end", code: 452, message: "4.3.1 Full" }, "452 4.3.1 Full"],
    ["a farewell after the words", { at: "end", code: 421, message: "4.3.0 Going" }, "421 4.3.0 Going"],
    ["a connection that is cut before the greeting", { at: "greeting", does: "hang-up" }, "broke off"],
    ["a connection that is cut at the login", { at: "login", does: "hang-up" }, "broke off"],
    ["a connection that is cut before the words", { at: "recipient", does: "hang-up" }, "broke off"],
  ];
  test.each(passing)("%s", async (_, behaviour, reason) => {
    const { id, mail, attempt } = await sendTo(behaviour);
    expect(mail).toMatchObject({ state: "queued", settledAt: null, leaseUntil: null });
    expect(attempt).toMatchObject({ outcome: "retry", httpStatus: null, reason: expect.stringContaining(reason) });
    expect(await smtp.mails()).toEqual([]);
    await sendAgain();
    expect(await readMail(id)).toMatchObject({ state: "sent", attempts: 2 });
    expect(await smtp.mails()).toHaveLength(1);
    const whole = smtp.conversations.flatMap(({ bytes }) => (bytes ? [String(bytes)] : []));
    expect(new Set(whole).size).toBe(1);
  });
});

describe("fails, alone, after", () => {
  test.each<[string, Behaviour, string]>([
    [
      "a recipient nobody knows",
      { at: "recipient", code: 550, message: "5.1.1 No such user" },
      "550 5.1.1 No such user",
    ],
    ["words that look like spam", { at: "end", code: 554, message: "5.7.1 Spam" }, "554 5.7.1 Spam"],
    ["words that are too many", { at: "sender", code: 552, message: "5.3.4 Too big" }, "552 5.3.4 Too big"],
  ])("%s", async (_, behaviour, reason) => {
    const { mail, attempt } = await sendTo(behaviour);
    expect(mail).toMatchObject({ state: "failed", reason });
    expect(attempt).toMatchObject({ outcome: "failed" });
    expect((await sendTo("accept")).mail).toMatchObject({ state: "sent" });
    expect(await smtp.mails()).toHaveLength(1);
  });
});

describe("sending pauses, mail stays queued and the next one is not even tried, after", () => {
  test.each<[string, Behaviour, string]>([
    ["a wrong password", { at: "login", code: 535, message: "5.7.8 Wrong" }, "535 5.7.8 Wrong"],
    ["a login that is too weak", { at: "login", code: 534, message: "5.7.9 Weak" }, "534 5.7.9 Weak"],
    ["a login that is asked for", { at: "sender", code: 530, message: "5.7.0 Log in" }, "530 5.7.0 Log in"],
    ["a sender that isn't ours", { at: "sender", code: 553, message: "5.7.1 Not yours" }, "553 5.7.1 Not yours"],
    ["a server that wants nothing from us", { at: "greeting", code: 554, message: "Go away" }, "554 Go away"],
  ])("%s", async (_, behaviour, reason) => {
    smtp.next(behaviour);
    const refused = await promise(plainMail());
    const worker = startWorker();
    await until(sql`exists (select from outbox_attempts where outcome = 'retry')`);
    const waiting = await promise(plainMail());
    await until(sql`(select created_at < clock_timestamp() - interval '0.5 s' from outbox where id = ${waiting})`);
    await worker.stop();
    expect(await readMail(refused)).toMatchObject({ state: "queued", reason });
    expect(await readMail(waiting)).toMatchObject({ state: "queued", attempts: 0 });
    expect(smtp.conversations).toHaveLength(1);
  });
});

describe("is unknown, and never handed over again, after", () => {
  const unanswered: Behaviour = { at: "end", does: "hang-up" };

  test("a connection that is lost when the server has the whole mail", async () => {
    const { id, mail, attempt } = await sendTo(unanswered);
    expect(mail).toMatchObject({
      state: "unknown",
      leaseUntil: null,
      reason: expect.stringContaining("broke off"),
    });
    expect(mail.settledAt).not.toBeNull();
    expect(attempt).toMatchObject({ outcome: "lost" });
    await sendAgain();
    expect(await readMail(id)).toMatchObject({ state: "unknown", attempts: 1 });
    expect(await smtp.mails()).toHaveLength(1);
  });

  test("a worker that died before it could write down the answer", async () => {
    const id = await promise(plainMail());
    const claim = await claimNext();
    expect(claim).toMatchObject({ id });
    await sendAgain();
    expect(await readMail(id)).toMatchObject({ state: "unknown", attempts: 1 });
    expect(smtp.conversations).toEqual([]);
  });

  test("a server that has the whole mail and says no more, when we stop", async () => {
    smtp.next({ at: "end", does: "silent" });
    const id = await promise(plainMail());
    const worker = startWorker();
    await until(sql`exists (select from outbox_attempts where outbox_id = ${id})`);
    const began = performance.now();
    await worker.stop();
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(await readMail(id)).toMatchObject({ state: "unknown" });
  });
});

test("a slow server is waited for", async () =>
  expect((await sendTo("slow")).mail).toMatchObject({ state: "sent", attempts: 1 }));
