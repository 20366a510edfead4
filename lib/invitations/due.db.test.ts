import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { readInvitationPast } from "@/lib/directory/past";
import { readRow } from "@/lib/directory/queries";
import type { News } from "@/lib/outbox";
import { testDatabase } from "@/lib/testing/database";
import { sendAll } from "@/lib/testing/outbox";
import { freshEmail, granted, inviteInput, inviteOne, makeOwner, must } from "@/lib/testing/people";
import { throughResend } from "@/lib/testing/resend";
import { tendInvitations } from "./due";
import { invite } from "./invite";
import { resend as sendAgain } from "./resend";
import { revoke } from "./revoke";

const resend = await throughResend();
testDatabase();
let owner: Actor;
beforeEach(async () => {
  await db().execute(sql`truncate outbox cascade`);
  resend.forget();
  owner = await makeOwner();
});

/** Lets so much of an invitation's life go by, with its mail, in the words of Postgres. */
const letPass = (id: InvitationId, time: string) =>
  db().execute(sql`
    with mails as (update outbox set last_attempt_at = last_attempt_at - ${time}::interval where invitation_id = ${id})
    update invitations set last_sent_at = last_sent_at - ${time}::interval, expires_at = expires_at - ${time}::interval
    where id = ${id}`);
const mailsOf = async (kind: "reminder" | "invite-news") => {
  const rows = await db().execute<{ to: string; state: string; payload: { news?: News[] } }>(sql`
    select to_email as to, state, payload from outbox where kind = ${kind} order by created_at, to_email`);
  return rows.map(({ to, state, payload }) => ({
    to,
    state,
    ...(payload.news ? { news: payload.news.map(({ at, ...each }) => each) } : {}),
  }));
};
const eventsOf = async (id: InvitationId) => {
  const rows = await db().execute<{ action: string }>(sql`
    select action from audit_events where target_id = ${id} order by sequence`);
  return rows.map(({ action }) => action);
};
/** As if everything that waits had gone out, and nothing had come back. */
const leave = () =>
  db().execute(sql`update outbox set state = 'sent', attempts = 1, frozen = '{}',
      first_attempt_at = clock_timestamp(), last_attempt_at = clock_timestamp()
    where state = 'queued'`);
const inviteFor = async (lifetimeDays: 1 | 3 | 7 | 14 | 30, email = freshEmail()) => {
  must(await invite(granted(owner, "access.create"), inviteInput(email, { lifetimeDays })));
  const [row] = await db().execute<{ id: InvitationId }>(sql`select id from invitations where email = ${email}`);
  if (!row) throw new Error("Nobody was invited");
  return { id: row.id, email };
};

describe("a reminder", () => {
  test("goes out once, two days before the invitation runs out, with the link and words of the first mail", async () => {
    const { id, email } = await inviteFor(7);
    await sendAll();
    await letPass(id, "4 days 23 hours 59 minutes");
    await tendInvitations();
    expect(await mailsOf("reminder")).toEqual([]);
    await letPass(id, "1 minute");
    for (let looks = 0; looks < 3; looks++) await tendInvitations();
    expect(await mailsOf("reminder")).toEqual([{ to: email, state: "queued" }]);
    await sendAll();
    const [first, reminder] = resend.mails();
    expect(reminder?.subject).toBe(`Reminder: ${first?.subject}`);
    const link = /https?:\S+\/join\/\S+/;
    expect(link.exec(reminder?.text ?? "")?.[0]).toBe(link.exec(first?.text ?? "")?.[0]);
    expect(await eventsOf(id)).toEqual(["invitation.created", "invitation.reminded"]);
    await letPass(id, "1 day");
    await tendInvitations();
    expect(await mailsOf("reminder")).toHaveLength(1);
  });

  test("is not sent for lives under four days", async () => {
    const { id } = await inviteFor(3);
    await leave();
    await letPass(id, "2 days");
    await tendInvitations();
    expect(await mailsOf("reminder")).toEqual([]);
  });

  test.each([
    ["travels by its copied link", sql`link_only = true`],
    ["was declined", sql`declined_at = clock_timestamp()`],
    ["has run out", sql`expires_at = clock_timestamp()`],
  ])("is not sent for an invitation that %s", async (_, fact) => {
    const { id } = await inviteFor(7);
    await leave();
    await letPass(id, "6 days");
    await db().execute(sql`update invitations set ${fact} where id = ${id}`);
    await tendInvitations();
    expect(await mailsOf("reminder")).toEqual([]);
  });

  test.each([
    ["queued", false],
    ["sent", true],
    ["delivered", true],
    ["delayed", true],
    ["bounced", false],
    ["complained", false],
    ["failed", false],
    ["suppressed", false],
    ["cancelled", false],
    ["unknown", false],
  ] as const)("of an invitation whose mail is %s is sent: %s", async (state, sent) => {
    const { id } = await inviteFor(7);
    await leave();
    await db().execute(sql`update outbox set state = ${state}`);
    await letPass(id, "6 days");
    await tendInvitations();
    expect(await mailsOf("reminder")).toHaveLength(sent ? 1 : 0);
  });

  test("is not sent because an earlier sending had left: the present one hasn't", async () => {
    const { id } = await inviteFor(7);
    await leave();
    await letPass(id, "1 day");
    must(await sendAgain(granted(owner, "access.create"), id));
    await letPass(id, "6 days");
    await tendInvitations();
    expect(await mailsOf("reminder")).toEqual([]);
  });

  test("is not sent within a day of the mail itself, however long that had to wait", async () => {
    const { id } = await inviteFor(7);
    await letPass(id, "5 days");
    await leave();
    await letPass(id, "23 hours 59 minutes");
    await tendInvitations();
    expect(await mailsOf("reminder")).toEqual([]);
    await letPass(id, "1 minute");
    await tendInvitations();
    expect(await mailsOf("reminder")).toMatchObject([{ state: "queued" }]);
  });

  test("is not sent where mail bounced until that is lifted, nor where nobody wants invitations", async () => {
    const [bounced, blocked] = [await inviteFor(7), await inviteFor(7)];
    await leave();
    for (const { id } of [bounced, blocked]) await letPass(id, "6 days");
    await db().execute(sql`insert into suppressions (organization_id, email, because)
      values (${owner.organizationId}, ${bounced.email}, 'bounced')`);
    await db().execute(sql`insert into blocks (email) values (${blocked.email})`);
    await tendInvitations();
    expect(await mailsOf("reminder")).toEqual([]);
    await db().execute(sql`update suppressions set lifted_at = clock_timestamp(), lifted_by_id = ${owner.userId}`);
    await tendInvitations();
    expect(await mailsOf("reminder")).toEqual([{ to: bounced.email, state: "queued" }]);
  });

  test("that hasn't left when the invitation is revoked, or sent again, is taken back", async () => {
    const [revoked, again] = [await inviteFor(7), await inviteFor(7)];
    await leave();
    for (const { id } of [revoked, again]) await letPass(id, "6 days");
    await tendInvitations();
    must(await revoke(granted(owner, "access.delete"), revoked.id));
    must(await sendAgain(granted(owner, "access.create"), again.id));
    expect((await mailsOf("reminder")).map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
  });

  test("that was taken back by a sending which had begun before it isn't taken for the newest mail", async () => {
    const { id } = await inviteFor(7);
    await sendAll();
    await letPass(id, "6 days");
    await tendInvitations();
    must(await sendAgain(granted(owner, "access.create"), id));
    // A row is dated by the beginning of its transaction, and this one waited for the lock under which that was promised.
    await db().execute(sql`
      update outbox set created_at = (select created_at - interval '1 second' from outbox where kind = 'reminder')
      where invitation_id = ${id} and send = 2`);
    const reading = granted(owner, "access.read");
    expect(await readRow(reading, id)).toMatchObject({ mail: { kind: "invitation", state: "queued" } });
    const { mails } = (await readInvitationPast(reading, id)) ?? {};
    expect(mails?.map(({ kind, state }) => [kind, state])).toEqual([
      ["invitation", "sent"],
      ["reminder", "cancelled"],
      ["invitation", "queued"],
    ]);
  });
});

describe("an expiry", () => {
  const expired = (email: string) => ({ email, what: "expired" });

  test("is told to the sponsor once, all of a day in one mail, and again after another sending", async () => {
    const [one, two, three] = [await inviteFor(1), await inviteFor(1), await inviteFor(1)];
    for (const { id } of [one, two]) await letPass(id, "1 day");
    for (let looks = 0; looks < 3; looks++) await tendInvitations();
    const first = await mailsOf("invite-news");
    expect(first).toEqual([{ to: owner.email, state: "queued", news: expect.any(Array) }]);
    expect(first[0]?.news).toEqual(expect.arrayContaining([expired(one.email), expired(two.email)]));
    await sendAll();
    await letPass(three.id, "1 day");
    must(await sendAgain(granted(owner, "access.create"), one.id));
    await tendInvitations();
    await letPass(one.id, "1 day");
    await tendInvitations();
    expect((await mailsOf("invite-news"))[1]).toEqual({
      ...{ to: owner.email, state: "queued" },
      news: [expired(three.email), expired(one.email)],
    });
    expect((await eventsOf(one.id)).filter((action) => action === "invitation.expiry_told")).toHaveLength(2);
  });

  test("of more than two days ago is no news, nor is one whose sponsor wants none", async () => {
    const [old, recent] = [await inviteFor(1), await inviteFor(1)];
    await letPass(old.id, "3 days");
    await letPass(recent.id, "1 day");
    await db().execute(sql`update users set hears_of_invites = false where id = ${owner.userId}`);
    await tendInvitations();
    await db().execute(sql`update users set hears_of_invites = true`);
    await db().execute(sql`update invitations set told_of_expiry = expires_at where id = ${recent.id}`);
    await tendInvitations();
    expect(await mailsOf("invite-news")).toEqual([]);
    expect(await eventsOf(old.id)).toEqual(["invitation.created"]);
  });
});

test("many replicas that look at the same moment remind of and tell of each invitation exactly once", async () => {
  const elsewhere = await makeOwner("Globex");
  const ids = await Promise.all(
    Array.from({ length: 40 }, (_, n) => inviteOne(n % 2 ? owner : elsewhere, freshEmail("many"))),
  );
  await leave();
  for (const [n, id] of ids.entries()) await letPass(id, n < 20 ? "6 days" : "7 days");
  // Each look is a connection of its own, as replicas have; two at a time come to the lock of an organization.
  await Promise.all(Array.from({ length: 12 }, tendInvitations));
  const reminders = await mailsOf("reminder");
  expect(reminders).toHaveLength(20);
  expect(new Set(reminders.map(({ to }) => to)).size).toBe(20);
  const told = (await mailsOf("invite-news")).flatMap(({ news }) => (Array.isArray(news) ? news : []));
  expect(told).toHaveLength(20);
  expect(new Set(told.map(({ email }) => email)).size).toBe(20);
});
