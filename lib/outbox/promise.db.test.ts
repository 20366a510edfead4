import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { makeChallenge } from "@/lib/auth/challenges";
import { testDatabase } from "@/lib/testing/database";
import { letTimePass, plainMail, promise, readMail, sendAll } from "@/lib/testing/outbox";
import { freshEmail, inviteOne, makeOwner } from "@/lib/testing/people";
import { throughResend } from "@/lib/testing/resend";
import { enqueue } from "./enqueue";
import { gather } from "./gather";

const resend = await throughResend();
testDatabase();
beforeEach(async () => {
  resend.forget();
  await db().execute(sql`delete from outbox`);
});

const count = async () => (await db().execute<{ n: number }>(sql`select count(*)::int as n from outbox`))[0]?.n;

test("a committed invitation is one mail, to the invited address, in the organization's name", async () => {
  const owner = await makeOwner("Acme");
  const email = freshEmail("invited");
  const id = await inviteOne(owner, email);
  await sendAll();
  expect(resend.mails()).toEqual([
    expect.objectContaining({
      to: email,
      from: '"Acme via Gatehouse" <invites@gatehouse.example.org>',
      reply_to: owner.email,
      subject: "Olive Owner invited you to join Acme",
    }),
  ]);
  const [mail] = await db().execute(sql`select invitation_id, send, state, priority from outbox`);
  expect(mail).toEqual({ invitation_id: id, send: 1, state: "sent", priority: 1 });
});

test("a change that is rolled back sends nothing", async () => {
  const change = db().transaction(async (tx) => {
    await enqueue(tx, [plainMail(), plainMail()]);
    throw new Error("changed my mind");
  });
  await expect(change).rejects.toThrow("changed my mind");
  expect(await count()).toBe(0);
  await sendAll();
  expect(resend.requests).toHaveLength(0);
});

test("ten thousand mails are promised at once", async () => {
  const mails = Array.from({ length: 10_000 }, (_, n) => plainMail(`person-${n}@example.org`));
  await db().transaction((tx) => enqueue(tx, mails));
  expect(await count()).toBe(10_000);
});

test("no mails are no work", async () => {
  await db().transaction((tx) => enqueue(tx, []));
  expect(await count()).toBe(0);
});

test("a code goes out before the invitations that were there first", async () => {
  await db().transaction((tx) =>
    enqueue(
      tx,
      Array.from({ length: 30 }, (_, n) => plainMail(`bulk-${n}@example.org`)),
    ),
  );
  await db().execute(sql`update outbox set priority = 1`);
  const challengeId = await db().transaction((tx) =>
    makeChallenge(tx, { purpose: "sign-up", email: "ada@example.org" }),
  );
  const code = await promise({ kind: "code", to: "ada@example.org", challengeId, purpose: "sign-up" });
  expect((await readMail(code)).priority).toBe(0);
  await sendAll();
  expect(resend.requests.slice(0, 5).map((request) => request.key)).toContain(code);
});

test("what can't be rendered is set aside with its reason, and the others go on", async () => {
  const broken = await promise(plainMail());
  await db().execute(sql`update outbox set payload = '{"kind": "greeting"}' where id = ${broken}`);
  const good = await promise(plainMail());
  await sendAll();
  expect(await readMail(broken)).toMatchObject({ state: "failed", reason: "What was stored is not a mail we know." });
  expect((await readMail(good)).state).toBe("sent");
});

test("what gathers doesn't join a mail that can't be read: that one is set aside, and nobody's press fails over it", async () => {
  const { organizationId, email } = await makeOwner();
  const asked = (address: string) =>
    db().transaction((tx) =>
      gather(tx, { kind: "asked-again", to: email, organizationId, organization: "Acme", asked: [address] }),
    );
  await asked("first@example.org");
  await sendAll();
  await asked("second@example.org");
  await db().execute(sql`update outbox set payload = '{"kind": "greeting"}' where state = 'queued'`);
  await asked("third@example.org");
  await letTimePass();
  await sendAll();
  const mails = await db().execute<{ state: string; asked: string[] | null }>(
    sql`select state, payload -> 'asked' as asked from outbox order by created_at`,
  );
  expect([...mails]).toEqual([
    { state: "sent", asked: ["first@example.org"] },
    { state: "failed", asked: null },
    { state: "sent", asked: ["third@example.org"] },
  ]);
});

test("a code that has run out is not sent any more", async () => {
  const challengeId = await db().transaction((tx) => makeChallenge(tx, { purpose: "sudo", email: "ada@example.org" }));
  const id = await promise({ kind: "code", to: "ada@example.org", challengeId, purpose: "sudo" });
  await db().execute(sql`update challenges set expires_at = clock_timestamp() where id = ${challengeId}`);
  await sendAll();
  expect((await readMail(id)).state).toBe("cancelled");
  expect(resend.requests).toHaveLength(0);
});

test("neither link nor code rests anywhere in the database", async () => {
  const email = freshEmail("invited");
  await inviteOne(await makeOwner(), email);
  const challengeId = await db().transaction((tx) => makeChallenge(tx, { purpose: "reset", email }));
  await promise({ kind: "reset", to: email, challengeId, name: "Ada" });
  await sendAll();
  const links = resend.mails().map((mail) => /https:\S+\/(join|reset-password)\/(\S+)/.exec(mail.text)?.[2] ?? "");
  expect(links.map((link) => link.length).sort()).toEqual([64, 66]);
  const everything = await dump();
  expect(everything).toContain(email);
  for (const link of links) expect(everything).not.toContain(link);
  // Nor in the encodings the database might have kept it in.
  for (const link of links) expect(everything).not.toContain(Buffer.from(link, "base64url").toString("hex"));
});

const dump = async (): Promise<string> => {
  const tables = await db().execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public'`,
  );
  const rows = await Promise.all(
    tables.map(({ name }) => db().execute(sql`select t::text from ${sql.identifier(name)} t`)),
  );
  return JSON.stringify(rows);
};
