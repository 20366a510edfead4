import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { testDatabase } from "@/lib/testing/database";
import { attemptsOf, letTimePass, plainMail, promise, readMail, sendAll, until } from "@/lib/testing/outbox";
import { type Behaviour, throughResend } from "@/lib/testing/resend";
import { startWorker } from "./worker";

const resend = await throughResend();
testDatabase();
beforeEach(async () => {
  resend.forget();
  await db().execute(sql`delete from outbox`);
  await db().execute(sql`delete from mail_flow`);
});

/** Sends one mail to a provider that behaves like this; gives the mail and its attempt. */
const sendTo = async (behaviour: Behaviour) => {
  resend.next(behaviour);
  const id = await promise(plainMail());
  await sendAll();
  return { id, mail: await readMail(id), attempt: (await attemptsOf(id))[0] };
};

test("an accepted mail is sent, and the provider's id is kept", async () => {
  const { id, mail, attempt } = await sendTo("accept");
  expect(mail).toMatchObject({ state: "sent", attempts: 1, leaseUntil: null });
  expect(attempt).toMatchObject({ outcome: "sent", httpStatus: 200, providerMessageId: resend.mails()[0]?.id });
  expect(resend.requests).toHaveLength(1);
  expect(resend.requests[0]).toMatchObject({ method: "POST", url: "/emails", key: id });
  expect(resend.requests[0]?.headers.authorization).toBe("Bearer re_test");
});

test("the provider gets sender, answer address, both parts and the headers of generated mail", async () => {
  const { id } = await sendTo("accept");
  expect(resend.mails()[0]).toMatchObject({
    from: '"Gatehouse" <invites@gatehouse.example.org>',
    reply_to: "help@gatehouse.example.org",
    to: "ada@example.org",
    subject: "You already have a Gatehouse account",
    headers: { "Auto-Submitted": "auto-generated", "X-Entity-Ref-ID": id },
    text: expect.stringContaining("https://gatehouse.example.org/signin"),
    html: expect.stringContaining("https://gatehouse.example.org/signin"),
  });
});

describe("is tried again, with the same key and bytes, after", () => {
  const passing: [string, Behaviour, { outcome: string; httpStatus: number | null }][] = [
    ["429", { status: 429, headers: { "retry-after": "0" } }, { outcome: "retry", httpStatus: 429 }],
    ["429 without a time", { status: 429 }, { outcome: "retry", httpStatus: 429 }],
    ["500", { status: 500 }, { outcome: "retry", httpStatus: 500 }],
    ["a gateway's page", { status: 502, plain: "<h1>Bad Gateway</h1>" }, { outcome: "lost", httpStatus: 502 }],
    [
      "409 while the same mail is under way",
      { status: 409, name: "concurrent_idempotent_requests" },
      { outcome: "retry", httpStatus: 409 },
    ],
    ["a connection that is cut", "hang-up", { outcome: "lost", httpStatus: null }],
    ["a connection that is cut once the mail is accepted", "vanish", { outcome: "lost", httpStatus: null }],
    ["an answer that is no JSON", "garbled", { outcome: "lost", httpStatus: 200 }],
    ["an answer without an id", { status: 200, plain: "{}" }, { outcome: "lost", httpStatus: 200 }],
  ];
  test.each(passing)("%s", async (_, behaviour, expected) => {
    const { id, mail, attempt } = await sendTo(behaviour);
    expect(mail).toMatchObject({ state: "queued", settledAt: null, leaseUntil: null });
    expect(attempt).toMatchObject(expected);
    await letTimePass();
    await sendAll();
    expect((await readMail(id)).state).toBe("sent");
    expect(new Set(resend.requests.map((request) => request.key))).toEqual(new Set([id]));
    expect(new Set(resend.requests.map((request) => request.body)).size).toBe(1);
    expect(new Set((await attemptsOf(id)).map((attempt) => attempt.bodySha256)).size).toBe(1);
    expect(resend.mails()).toHaveLength(1);
  });
});

test("while nobody listens at the provider's address mail waits; it leaves when somebody does", async () => {
  const comeBack = await resend.leave();
  const id = await promise(plainMail());
  await sendAll().finally(comeBack);
  expect(await readMail(id)).toMatchObject({ state: "queued", attempts: 1 });
  expect((await attemptsOf(id))[0]).toMatchObject({
    ...{ outcome: "retry", httpStatus: null, reason: "The provider could not be reached (ECONNREFUSED)." },
  });
  await letTimePass();
  await sendAll();
  expect(await readMail(id)).toMatchObject({ state: "sent", attempts: 2 });
  expect(resend.mails()).toHaveLength(1);
});

describe("the provider's retry-after", () => {
  const hour = 3600;
  /** Seconds until the mail is tried again, and until anything is. */
  const waits = async (behaviour: Behaviour) => {
    const { id } = await sendTo(behaviour);
    const [wait] = await db().execute<{ mail: number; all: number | null }>(sql`
      select extract(epoch from next_attempt_at - clock_timestamp())::float as mail,
        (select extract(epoch from quiet_until - clock_timestamp())::float from mail_flow) as all
      from outbox where id = ${id}`);
    return { mail: wait?.mail ?? 0, all: wait?.all ?? 0 };
  };
  const date = "Mon, 01 Jan 2001 00:00:00 GMT";
  const tenMinutesLater = { date, "retry-after": "Mon, 01 Jan 2001 00:10:00 GMT" };

  test.each([
    ["in seconds", { "retry-after": "120" }, 120],
    ["as a date, by the provider's clock", tenMinutesLater, 600],
  ])("is honoured for the mail and for all, %s", async (_, headers, seconds) => {
    const { mail, all } = await waits({ status: 429, headers });
    for (const wait of [mail, all]) expect(wait).toBeGreaterThan(seconds - 20);
    for (const wait of [mail, all]) expect(wait).toBeLessThanOrEqual(seconds);
  });

  test("beside an error is honoured for that mail alone", async () => {
    const { mail, all } = await waits({ status: 503, headers: tenMinutesLater });
    expect(mail).toBeGreaterThan(580);
    expect(all).toBe(0);
  });

  test("of a week holds up others for an hour, and the mail until its 23 hours are over", async () => {
    const { mail, all } = await waits({ status: 429, headers: { "retry-after": String(168 * hour) } });
    expect(all).toBeLessThanOrEqual(hour);
    expect(mail).toBeLessThanOrEqual(23 * hour);
    expect(mail).toBeGreaterThan(22 * hour);
  });

  test.each(["soon", "-5", "Mon, 01 Jan 1990 00:00:00 GMT", ""])("of %j is none", async (said) => {
    const { mail, all } = await waits({ status: 429, headers: { "retry-after": said } });
    expect(mail).toBeLessThan(10);
    expect(all).toBeLessThan(10);
  });
});

describe("fails, alone, after", () => {
  test.each([422, 400, 404, 413])("%i", async (status) => {
    resend.next({ status, name: "validation_error", message: "Invalid `to` field." });
    const bad = await promise(plainMail());
    await sendAll();
    const good = await promise(plainMail());
    await sendAll();
    expect(await readMail(bad)).toMatchObject({ state: "failed", reason: "Invalid `to` field." });
    expect(await readMail(good)).toMatchObject({ state: "sent" });
    expect(resend.requests).toHaveLength(2);
  });

  test("422 without a word in it", async () => {
    const { mail } = await sendTo({ status: 422, plain: "" });
    expect(mail).toMatchObject({ state: "failed", reason: "The provider answered 422." });
  });
});

test.each([401, 403])("%i pauses sending: mail stays queued and the next one is not even tried", async (status) => {
  resend.next({ status, name: "invalid_api_key", message: "API key is invalid" });
  const refused = await promise(plainMail());
  const worker = startWorker();
  await until(sql`exists (select from outbox_attempts where outcome = 'retry')`);
  const waiting = await promise(plainMail());
  await until(sql`(select created_at < clock_timestamp() - interval '0.5 s' from outbox where id = ${waiting})`);
  await worker.stop();
  expect(await readMail(refused)).toMatchObject({ state: "queued", reason: "API key is invalid" });
  expect(await readMail(waiting)).toMatchObject({ state: "queued", attempts: 0 });
  expect(resend.requests).toHaveLength(1);
});

test("our key known with another body: never sent blindly again, but unknown", async () => {
  const { mail, attempt } = await sendTo({ status: 409, name: "invalid_idempotent_request", message: "Used before" });
  expect(mail).toMatchObject({ state: "unknown", reason: "It may have arrived with other words in it: Used before" });
  expect(attempt).toMatchObject({ outcome: "lost", httpStatus: 409 });
});

test("so it is when the provider itself finds that the same key came with other words", async () => {
  const { id } = await sendTo("garbled");
  await db().execute(sql`update outbox set frozen = jsonb_set(frozen, '{subject}', '"Other words"') where id = ${id}`);
  await letTimePass();
  await sendAll();
  await letTimePass();
  await sendAll();
  expect(await readMail(id)).toMatchObject({ state: "unknown", attempts: 2 });
  expect(resend.mails()).toMatchObject([{ key: id, subject: "You already have a Gatehouse account" }]);
});

test("a provider that accepts and never answers is given up, and hears the same again", {
  timeout: 40_000,
}, async () => {
  resend.next("silent");
  const id = await promise(plainMail());
  const worker = startWorker();
  await until(sql`exists (select from outbox_attempts where outbox_id = ${id})`);
  // Stopping cuts the try short after three seconds; left alone it ends after fifteen.
  const began = performance.now();
  await worker.stop();
  expect(performance.now() - began).toBeLessThan(4_000);
  expect(await readMail(id)).toMatchObject({ state: "queued", leaseUntil: null });
  expect((await attemptsOf(id))[0]).toMatchObject({ outcome: "lost" });
  await letTimePass();
  await sendAll();
  expect(await readMail(id)).toMatchObject({ state: "sent", attempts: 2 });
  expect(resend.requests[0]?.body).toBe(resend.requests[1]?.body);
  expect(resend.mails()).toHaveLength(1);
});

test("a slow provider is waited for", async () => {
  const { mail } = await sendTo("slow");
  expect(mail).toMatchObject({ state: "sent", attempts: 1 });
});

test.each(["from", "replyTo", "subject"])(
  "a line break in what would be its %s fails a mail before it is sent",
  async (part) => {
    const { id } = await sendTo({ status: 500 });
    await db().execute(sql`
    update outbox set frozen = frozen || jsonb_build_object(${part}::text, ${"Acme\r\nBcc: eve@evil.example"}::text) where id = ${id}`);
    await letTimePass();
    await sendAll();
    expect(await readMail(id)).toMatchObject({ state: "failed", attempts: 1 });
    expect((await readMail(id)).reason).toMatch(/^It could not be written: .*has a line break/);
    expect(resend.requests).toHaveLength(1);
  },
);

test("what the provider repeats of a mail is kept without its secret", async () => {
  const id = await promise({
    kind: "code",
    to: "ada@example.org",
    challengeId: await openChallenge(),
    purpose: "sign-up",
  });
  resend.next({ status: 500 });
  await sendAll();
  const code = /\b\d{6}\b/.exec(JSON.parse(resend.requests[0]?.body ?? "{}").text)?.[0] ?? "";
  expect(code).toMatch(/^\d{6}$/);
  resend.next({ status: 422, message: `What is ${code}?` });
  await letTimePass();
  await sendAll();
  expect((await readMail(id)).reason).toBe("What is …?");
});

test("what the provider says of a mail it refuses is shown as words: no links, nothing that turns them around", async () => {
  const id = await promise(plainMail());
  resend.next({ status: 422, message: "Not \u202e<b>this\u0000\r\none</b>: see https://evil.example/x" });
  await sendAll();
  expect(await readMail(id)).toMatchObject({ state: "failed", reason: "Not <b>this one</b>: see (a link)" });
});

const openChallenge = async () => {
  const { makeChallenge } = await import("@/lib/auth/challenges");
  return db().transaction((tx) => makeChallenge(tx, { purpose: "sign-up", email: "ada@example.org" }));
};
