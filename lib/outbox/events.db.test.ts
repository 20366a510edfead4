import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { type MailEventKind, mailEventKinds, mailEvents, suppressions } from "@/db/schema";
import type { OutboxId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { lift } from "@/lib/suppressions/lift";
import { testDatabase } from "@/lib/testing/database";
import { attemptsOf, plainMail, promise, readMail, sendAll, until } from "@/lib/testing/outbox";
import { freshEmail, granted, inviteOne, makeOwner, must } from "@/lib/testing/people";
import { throughResend } from "@/lib/testing/resend";
import { type Reported, takeLateReports, takeReport } from "./events";

const resend = await throughResend();
testDatabase();

let owner: Actor;
let address: string;
let mail: OutboxId;
let messageId: string;

beforeEach(async () => {
  resend.forget();
  await db().execute(sql`delete from outbox`);
  owner = await makeOwner();
  address = freshEmail("invitee");
  const invitation = await inviteOne(owner, address);
  await sendAll();
  const [row] = await db().execute<{ id: OutboxId }>(sql`select id from outbox where invitation_id = ${invitation}`);
  if (!row) throw new Error("Nothing was promised");
  mail = row.id;
  messageId = (await attemptsOf(mail))[0]?.providerMessageId ?? "";
});

const report = (kind: MailEventKind, more: Partial<Reported> = {}): Reported => ({
  ...{ id: `msg-${randomUUID()}`, kind, messageId, mail, to: [address], occurredAt: new Date(), reason: null },
  permanent: kind === "bounced",
  ...more,
});

const standing = () => db().select().from(suppressions).where(sql`organization_id = ${owner.organizationId}`);
const audited = async () => {
  const rows = await db().execute<{ action: string }>(sql`
    select action from audit_events where organization_id = ${owner.organizationId}
      and target_type in ('mail', 'suppression') order by sequence`);
  return rows.map(({ action }) => action);
};
const news = () =>
  db().execute<{ payload: unknown }>(sql`select payload from outbox where kind = 'invite-news' order by created_at`);

test("a mail carries its own id as a tag, by which it is found", async () => {
  expect(resend.mails().find(({ key }) => key === mail)).toMatchObject({ tags: [{ name: "gatehouse", value: mail }] });
  await takeReport(report("delivered", { messageId: "unheard-of" }));
  expect(await readMail(mail)).toMatchObject({ state: "delivered", reason: null });
});

test("a tag counts for mail to the same address alone", async () => {
  await takeReport(report("delivered", { messageId: "unheard-of", to: ["somebody@else.example"] }));
  expect((await readMail(mail)).state).toBe("sent");
});

test("without a tag it is found by the message id of any of its attempts", async () => {
  await takeReport(report("delivered", { mail: null, to: [] }));
  expect((await readMail(mail)).state).toBe("delivered");
});

test("a report of a mail we don't know is kept, and moves nothing", async () => {
  await takeReport(report("bounced", { messageId: "elsewhere", mail: randomUUID() }));
  expect(await db().select().from(mailEvents).where(sql`message_id = 'elsewhere'`)).toMatchObject([{ outboxId: null }]);
  expect((await readMail(mail)).state).toBe("sent");
});

describe("a report that comes before its message id is written down", () => {
  const early = async () => {
    await db().execute(sql`update outbox_attempts set provider_message_id = null where outbox_id = ${mail}`);
    await takeReport(report("bounced", { mail: null }));
    expect((await readMail(mail)).state).toBe("sent");
  };

  test("is taken when the answer of the provider is", async () => {
    const slow = freshEmail("slow");
    await takeReport(report("delivered", { mail: null, messageId: "the-next-one" }));
    resend.next({ status: 200, plain: JSON.stringify({ id: "the-next-one" }) });
    const id = await promise(plainMail(slow));
    await sendAll();
    expect((await readMail(id)).state).toBe("delivered");
  });

  test("is taken though its message id is written down between our looking for it and our keeping the report", async () => {
    const kept = sql`exists (select from pg_stat_activity where datname = current_database()
      and wait_event_type = 'Lock' and query like '%insert into mail_events%')`;
    await db().execute(sql`update outbox_attempts set provider_message_id = null where outbox_id = ${mail}`);
    let taken: Promise<void> | undefined;
    await db().transaction(async (tx) => {
      await tx.execute(sql`lock table mail_events in exclusive mode`);
      taken = takeReport(report("delivered", { mail: null }));
      await until(kept);
      await db().execute(sql`update outbox_attempts set provider_message_id = ${messageId} where outbox_id = ${mail}`);
    });
    await taken;
    expect((await readMail(mail)).state).toBe("delivered");
  });

  test("is taken by the sweep, should nobody have done so", async () => {
    await early();
    await db().execute(sql`update outbox_attempts set provider_message_id = ${messageId} where outbox_id = ${mail}`);
    await takeLateReports();
    expect((await readMail(mail)).state).toBe("bounced");
    expect(await standing()).toHaveLength(1);
  });

  test("is taken by the sweep though another can't be", async () => {
    await early();
    const stuck = freshEmail("stuck");
    const other = await inviteOne(owner, stuck);
    await sendAll();
    await db().execute(sql`
      insert into mail_events (id, message_id, kind, permanent, occurred_at)
      select '-', provider_message_id, 'bounced', true, clock_timestamp() from outbox_attempts a
        join outbox o on o.id = a.outbox_id where o.invitation_id = ${other}`);
    await db().execute(sql`alter table suppressions add constraint stuck check (email not like 'stuck%')`);
    await db().execute(sql`update outbox_attempts set provider_message_id = ${messageId} where outbox_id = ${mail}`);
    await takeLateReports().finally(() => db().execute(sql`alter table suppressions drop constraint stuck`));
    expect((await readMail(mail)).state).toBe("bounced");
    await takeLateReports();
    expect((await standing()).map(({ email }) => email).sort()).toEqual([address, stuck].sort());
  });
});

test("ten times the same report, at once, have one effect", async () => {
  const bounced = report("bounced", { reason: "No such mailbox" });
  await Promise.all(Array.from({ length: 10 }, () => takeReport(bounced)));
  await takeReport(bounced);
  expect(await readMail(mail)).toMatchObject({ state: "bounced", reason: "No such mailbox" });
  expect(await standing()).toMatchObject([{ email: address, because: "bounced", reason: "No such mailbox" }]);
  expect(await audited()).toEqual(["mail.bounced", "suppression.created"]);
  expect((await news()).map(({ payload }) => payload)).toMatchObject([
    { to: owner.email, news: [{ email: address, what: "bounced", reason: "No such mailbox" }] },
  ]);
});

test("all kinds of reports at once, in whatever order, end as marked as spam and with one suppression", async () => {
  const all = mailEventKinds.map((kind) => report(kind, { reason: kind }));
  const shuffled = [...all, ...all].map((one) => ({ one, at: Math.random() })).toSorted((a, b) => a.at - b.at);
  await Promise.all(shuffled.map(({ one }) => takeReport(one)));
  expect(await readMail(mail)).toMatchObject({ state: "complained", reason: "complained" });
  expect(await standing()).toMatchObject([{ email: address, because: "complained" }]);
});

test("a mail that bounced only for now is not held against its address, and the sponsor hears of it", async () => {
  await takeReport(report("bounced", { permanent: false, reason: "Mailbox full" }));
  expect(await readMail(mail)).toMatchObject({ state: "bounced", reason: "Mailbox full" });
  expect(await standing()).toEqual([]);
  expect(await audited()).toEqual(["mail.bounced"]);
  expect((await news()).map(({ payload }) => payload)).toMatchObject([{ news: [{ what: "returned" }] }]);
});

test("a mail that bounced for now and then for good is held against its address, with the later reason, and the sponsor of that alone", async () => {
  await takeReport(report("bounced", { permanent: false, reason: "Mailbox full" }));
  await takeReport(report("bounced", { reason: "No such mailbox" }));
  expect(await readMail(mail)).toMatchObject({ state: "bounced", reason: "No such mailbox" });
  expect(await standing()).toMatchObject([{ because: "bounced", reason: "No such mailbox" }]);
  await sendAll();
  const [told, ...others] = resend.mails().filter(({ to }) => [to].flat().includes(owner.email));
  expect(others).toEqual([]);
  expect(told?.subject).toContain("did not reach");
  expect(told?.text).toContain("No such mailbox");
  expect(told?.text).not.toContain("Mailbox full");
});

test.each(["failed", "suppressed"] as const)(
  "a mail that the provider reports as %s is not held against its address, and the sponsor hears of it once",
  async (kind) => {
    await takeReport(report(kind, { reason: "On a list of ours" }));
    await takeReport(report(kind, { reason: "On a list of ours" }));
    expect((await readMail(mail)).state).toBe(kind);
    expect(await standing()).toEqual([]);
    expect((await audited())[0]).toBe(`mail.${kind}`);
    expect((await news()).map(({ payload }) => payload)).toMatchObject([
      { to: owner.email, news: [{ email: address, what: "returned", reason: "On a list of ours" }] },
    ]);
  },
);

test("what the provider didn't deliver is no news of an invite that has ended, nor of one that we took back unsent", async () => {
  await db().execute(sql`update outbox set state = 'cancelled' where id = ${mail}`);
  await takeReport(report("failed"));
  expect((await readMail(mail)).state).toBe("cancelled");
  await db().execute(sql`update outbox set state = 'sent' where id = ${mail}`);
  await db().execute(sql`update invitations set declined_at = clock_timestamp()`);
  await takeReport(report("suppressed"));
  expect((await readMail(mail)).state).toBe("suppressed");
  expect(await news()).toEqual([]);
});

test("a second report that it bounced does not take back what an owner has lifted", async () => {
  await takeReport(report("bounced"));
  const [suppressed] = await standing();
  if (!suppressed) throw new Error("It was not held against its address");
  expect(must(await lift(granted(owner, "access.read"), suppressed.id))).toBe(address);
  await takeReport(report("bounced"));
  expect((await standing()).filter(({ liftedAt }) => liftedAt === null)).toEqual([]);
});

describe("a mail whose answer we never heard is settled by its report, and not sent again", () => {
  test.each([
    ["queued", sql`state = 'queued', next_attempt_at = clock_timestamp(), settled_at = null`],
    [
      "sending",
      sql`state = 'sending', lease_until = clock_timestamp(), next_attempt_at = clock_timestamp(), settled_at = null`,
    ],
    ["unknown", sql`state = 'unknown', reason = 'Nobody confirmed it within 23 hours; it may have arrived.'`],
  ])("%s", async (_, before) => {
    await db().execute(sql`update outbox set ${before} where id = ${mail}`);
    await takeReport(report("sent"));
    await sendAll();
    expect(await readMail(mail)).toMatchObject({ state: "sent", reason: null, leaseUntil: null, attempts: 1 });
    expect((await readMail(mail)).settledAt).not.toBeNull();
    expect(resend.requests.filter(({ key }) => key === mail)).toHaveLength(1);
  });
});

test("mail of no organization, such as a code, bounces without holding anything against anybody", async () => {
  const id = await promise(plainMail(address));
  await sendAll();
  await takeReport(report("bounced", { mail: id, messageId: "another" }));
  expect((await readMail(id)).state).toBe("bounced");
  expect(await db().select().from(suppressions).where(sql`email = ${address}`)).toEqual([]);
});
