import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { OrganizationId } from "@/db/schema/ids";
import { testDatabase } from "@/lib/testing/database";
import { letTimePass, plainMail, promise, readMail, sendAll, until } from "@/lib/testing/outbox";
import { freshEmail, inviteOne, makeOwner } from "@/lib/testing/people";
import { throughResend } from "@/lib/testing/resend";
import { claimNext } from "./claim";
import { startWorker } from "./worker";

const resend = await throughResend();
// Anybody may make an organization, so one mailbox hears from so many of them.
Object.assign(process.env, { SIGNUP_MODE: "open" });
testDatabase();
beforeEach(async () => {
  resend.forget();
  await db().execute(sql`delete from outbox`);
  await db().execute(sql`delete from suppressions`);
  await db().execute(sql`delete from blocks`);
});

const organization = async () => (await makeOwner()).organizationId;
const inviteFromSomebody = async (email: string) => inviteOne(await makeOwner(), email);
const suppress = (organizationId: OrganizationId, email: string) =>
  db().execute(sql`
    insert into suppressions (organization_id, email, because) values (${organizationId}, ${email}, 'bounced')`);
const block = (organizationId: OrganizationId | null, email: string) =>
  db().execute(sql`insert into blocks (organization_id, email) values (${organizationId}, ${email})`);
const sent = () => resend.mails().map(({ to }) => to);
const states = async () =>
  (await db().execute<{ state: string }>(sql`select state from outbox order by created_at, id`)).map(
    ({ state }) => state,
  );

describe("an address that bounced", () => {
  const notice = (organizationId: OrganizationId, to: string) =>
    ({ kind: "deactivated", to, organizationId, organization: "Acme" }) as const;

  test("gets no mail of that organization, but codes and resets, and mail of others", async () => {
    const [one, other] = [await organization(), await organization()];
    const to = freshEmail();
    await suppress(one, to);
    const held = await promise(notice(one, to));
    await promise(notice(other, to));
    await promise(plainMail(to));
    await sendAll();
    expect(await readMail(held)).toMatchObject({
      state: "suppressed",
      reason: "Mail to this address bounced or was marked as spam before.",
      attempts: 0,
    });
    expect(sent()).toEqual([to, to]);
  });

  test("gets mail again once that was lifted", async () => {
    const owner = await makeOwner();
    const to = freshEmail();
    await suppress(owner.organizationId, to);
    await db().execute(sql`update suppressions set lifted_at = now(), lifted_by_id = ${owner.userId}`);
    await promise(notice(owner.organizationId, to));
    await sendAll();
    expect(sent()).toEqual([to]);
  });

  test("is not called spared when the mail may have gone", async () => {
    const one = await organization();
    const id = await promise(notice(one, "ada@example.org"));
    await claimNext();
    await suppress(one, "ada@example.org");
    await letTimePass();
    await sendAll();
    expect((await readMail(id)).state).toBe("unknown");
  });
});

describe("a mailbox that wants no more", () => {
  test("gets no invitation of that organization, but other mail of it, and invitations of others", async () => {
    const [owner, other] = [await makeOwner(), await makeOwner()];
    const email = freshEmail();
    await inviteOne(owner, email);
    await inviteOne(other, email);
    await block(owner.organizationId, email);
    await promise({ kind: "deactivated", to: email, organizationId: owner.organizationId, organization: "Acme" });
    await sendAll();
    expect(await states()).toEqual(["suppressed", "sent", "sent"]);
  });

  test("gets none of anybody where it said so", async () => {
    const email = freshEmail();
    await inviteFromSomebody(email);
    await block(null, email);
    await sendAll();
    expect(await states()).toEqual(["suppressed"]);
    expect(resend.requests).toHaveLength(0);
  });
});

describe("one mailbox hears from three organizations a day", () => {
  const nextTry = sql`extract(epoch from next_attempt_at - clock_timestamp())::float / 3600`;

  test("the fourth waits until the first of them is a day old, and says so; then it goes", async () => {
    const email = freshEmail("ada");
    for (let n = 0; n < 3; n++) await inviteFromSomebody(email);
    await sendAll();
    await db().execute(sql`
      update outbox set first_attempt_at = first_attempt_at - interval '20 hours' where id = (select id from outbox order by first_attempt_at limit 1)`);
    const [user, domain] = email.split("@");
    await inviteFromSomebody(`${user}+again@${domain}`);
    await sendAll();
    const [waiting] = await db().execute(sql`
      select attempts, reason, round(${nextTry}) as hours from outbox where state = 'queued'`);
    expect(waiting).toEqual({
      attempts: 0,
      reason: "This address has had many invitations lately. It goes out later.",
      hours: 4,
    });
    expect(sent()).toHaveLength(3);
    await letTimePass();
    await sendAll();
    expect(sent(), "asking early does not help").toHaveLength(3);
    await db().execute(
      sql`update outbox set first_attempt_at = first_attempt_at - interval '4 hours' where state = 'sent'`,
    );
    await letTimePass();
    await sendAll();
    expect(await states()).toEqual(["sent", "sent", "sent", "sent"]);
  });

  test("and one that has written may go on", async () => {
    const owner = await makeOwner();
    await inviteOne(owner, "ada.lovelace@gmail.com");
    for (let n = 0; n < 2; n++) await inviteFromSomebody("adalovelace@gmail.com");
    await sendAll();
    await inviteOne(owner, "ada.lovelace+work@gmail.com");
    await inviteOne(owner, "somebody.else@gmail.com");
    await sendAll();
    expect(await states()).toEqual(["sent", "sent", "sent", "sent", "sent"]);
  });

  test("however many come at once, to however many workers", async () => {
    const email = freshEmail();
    for (let n = 0; n < 12; n++) await inviteFromSomebody(email);
    const workers = Array.from({ length: 4 }, startWorker);
    await until(
      sql`not exists (select from outbox where state = 'sending' or next_attempt_at <= clock_timestamp() and state = 'queued')`,
    );
    await Promise.all(workers.map((worker) => worker.stop()));
    expect((await states()).filter((state) => state === "sent")).toHaveLength(3);
    expect(sent()).toHaveLength(3);
  });

  test("and from ten in thirty days", async () => {
    const email = freshEmail();
    for (let n = 0; n < 10; n++) {
      await inviteFromSomebody(email);
      await sendAll();
      await db().execute(
        sql`update outbox set first_attempt_at = first_attempt_at - interval '2 days' where state = 'sent'`,
      );
    }
    expect(sent()).toHaveLength(10);
    await inviteFromSomebody(email);
    await sendAll();
    const [waiting] = await db().execute(sql`select round(${nextTry} / 24) as days from outbox where state = 'queued'`);
    expect(waiting).toEqual({ days: 10 });
  });
});
