import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { readToken } from "@/lib/invitations/token";
import { testDatabase } from "@/lib/testing/database";
import { plainMail, promise, sendAll } from "@/lib/testing/outbox";
import { freshEmail, inviteOne, makeOwner } from "@/lib/testing/people";
import { readKept, readMailbox } from "./mailbox";

testDatabase();
beforeEach(async () => {
  await db().execute(sql`delete from outbox`);
});

test("in local mode a mail is sent by being kept, and its link works", async () => {
  const owner = await makeOwner("Acme");
  const email = freshEmail("invited");
  const invitation = await inviteOne(owner, email);
  await sendAll();
  const [mail] = await readMailbox({}, 10);
  expect(mail).toMatchObject({
    to: email,
    from: '"Acme via Gatehouse" <gatehouse@localhost>',
    replyTo: owner.email,
    subject: "Olive Owner invited you to join Acme",
    status: "sent",
  });
  const [link = "", stop] = mail?.links ?? [];
  expect(mail?.links).toHaveLength(2);
  expect(stop, "the way to no more of these, by the same token").toBe(link.replace("/join/", "/block/"));
  expect(readToken(link.split("/join/")[1] ?? "")).toEqual({ id: invitation, channel: "email" });
  expect(mail?.text).toContain(link);
  expect(mail?.html).toContain(`href="${link}"`);
});

test("the newest mail comes first; a filter names one address; older mail follows page by page", async () => {
  for (const to of ["a@example.org", "b@example.org", "a@example.org"]) await promise(plainMail(to));
  await sendAll();
  const to = async (view: Parameters<typeof readMailbox>[0], most = 10) =>
    (await readMailbox(view, most)).map((mail) => mail.to);
  expect(await to({})).toEqual(["a@example.org", "b@example.org", "a@example.org"]);
  expect(await to({ to: " A@Example.org " })).toEqual(["a@example.org", "a@example.org"]);
  expect(await to({ to: "@example.org" })).toEqual([]);
  const [, second] = await readMailbox({}, 2);
  expect(await to({ before: second?.id })).toEqual(["a@example.org"]);
  expect(await to({ before: "nonsense" })).toEqual([]);
});

test("mail that is still being written is not shown, and an unknown id is nothing", async () => {
  const id = await promise(plainMail());
  expect(await readMailbox({}, 10)).toEqual([]);
  expect(await readKept(id)).toBeNull();
  expect(await readKept("nonsense")).toBeNull();
});

test("once its secret is gone a mail is still there, without its link", async () => {
  await inviteOne(await makeOwner(), freshEmail());
  await sendAll();
  await db().execute(sql`update outbox set secret_fingerprint = 'of another one'`);
  expect((await readMailbox({}, 1))[0]?.links).toEqual([
    "http://localhost:3000/join/gone-with-its-secret",
    "http://localhost:3000/block/gone-with-its-secret",
  ]);
});
