import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import { changeOrganization } from "@/lib/access/change";
import { hearOfInvites } from "@/lib/auth/account";
import { deactivate } from "@/lib/members/deactivate";
import type { News } from "@/lib/outbox";
import { done } from "@/lib/result";
import { testDatabase } from "@/lib/testing/database";
import { letTimePass, sendAll } from "@/lib/testing/outbox";
import {
  freshEmail,
  granted,
  inviteOne,
  makeMemberWith,
  makeOwner,
  must,
  passwordHash,
  promote,
} from "@/lib/testing/people";
import { accept } from "./accept";
import { decline } from "./decline";
import { tellSponsor } from "./tell-sponsor";

testDatabase();
let owner: Actor;
let sponsor: Actor;
beforeEach(async () => {
  owner = await makeOwner();
  sponsor = await makeMemberWith(owner, ["access.create"]);
});

const offer = async (email = freshEmail()) => ({
  email,
  id: await inviteOne(sponsor, email),
  channel: "email" as const,
});
const join = async (email?: string) => {
  const offered = await offer(email);
  must(await accept(offered, { name: "Nora", passwordHash }));
  return offered.email;
};
const refuse = async () => {
  const offered = await offer();
  must(await decline(offered));
  return offered.email;
};
const bounce = (email: string, reason?: string) => became("bounced", email, reason);
const became = (what: News["what"], email: string, reason?: string) =>
  changeOrganization(owner.organizationId, null, async (change) => {
    await tellSponsor(change, { email, sponsorId: sponsor.userId }, what, reason);
    change.record({ action: "invitation.reminded", target: { type: "invitation", id: sponsor.userId } });
    return done(null);
  });
const setHears = async (hears: boolean) => must(await hearOfInvites(sponsor.userId, hears));
const told = async (to = sponsor.email) => {
  const rows = await db().execute<{ state: string; payload: { news: News[] } }>(sql`
    select state, payload from outbox where kind = 'invite-news' and to_email = ${to} order by created_at`);
  return rows.map(({ state, payload }) => ({ state, news: payload.news.map(({ at, ...each }) => each) }));
};

test("a sponsor hears at once who has joined, and of all else of that day in one mail", async () => {
  const ada = await join();
  expect(await told()).toEqual([{ state: "queued", news: [{ email: ada, what: "accepted" }] }]);
  await sendAll();
  const [bob, cy] = [await refuse(), await join()];
  await bounce("eve@example.org", "550 no such user");
  expect(await told()).toEqual([
    { state: "sent", news: [{ email: ada, what: "accepted" }] },
    {
      state: "queued",
      news: [
        { email: bob, what: "declined" },
        { email: cy, what: "accepted" },
        { email: "eve@example.org", what: "bounced", reason: "550 no such user" },
      ],
    },
  ]);
  await sendAll();
  expect((await told())[1]?.state).toBe("queued");
});

test("several at the same moment are in one mail and the first", async () => {
  const offers = await Promise.all(Array.from({ length: 6 }, () => offer()));
  await Promise.all(offers.map((offered) => decline(offered)));
  const mails = await told();
  expect(mails).toHaveLength(1);
  expect(mails[0]?.news).toHaveLength(6);
});

test("of very many a mail names the first, and says how many more there were", async () => {
  await join();
  await sendAll();
  for (let n = 1; n <= 23; n++) await became("declined", `p${n}@example.org`);
  const joined = await join();
  const named = Array.from({ length: 20 }, (_, n) => `p${n + 1}@example.org`);
  const declined = named.map((email) => ({ email, what: "declined" }));
  expect((await told())[1]?.news).toEqual([...declined, { email: joined, what: "accepted" }]);
  await letTimePass();
  await sendAll();
  const [mail] = await db().execute<{ subject: string; text: string }>(sql`
    select frozen ->> 'subject' as subject, frozen ->> 'text' as text from outbox
    where kind = 'invite-news' and to_email = ${sponsor.email} order by created_at desc limit 1`);
  expect(mail?.subject).toContain("News of 24 of your invites");
  expect(mail?.text).toContain(`\n${named.join("\n")}\nand 3 more\n`);
});

test("nobody else is told, nor in another organization", async () => {
  await db().execute(sql`delete from outbox`);
  await refuse();
  expect(await told(owner.email)).toEqual([]);
  const rows = await db().execute<{ organization_id: string }>(
    sql`select organization_id from outbox where kind = 'invite-news'`,
  );
  expect(rows.map((row) => row.organization_id)).toEqual([owner.organizationId]);
});

test("whoever has turned such mail off hears nothing, also of what waited by then", async () => {
  await join();
  await sendAll();
  await refuse();
  await setHears(false);
  await db().execute(sql`update outbox set next_attempt_at = clock_timestamp() where state = 'queued'`);
  await sendAll();
  await refuse();
  expect((await told()).map(({ state }) => state)).toEqual(["sent", "cancelled"]);
  await setHears(true);
  const ada = await join();
  expect((await told())[2]).toEqual({ state: "queued", news: [{ email: ada, what: "accepted" }] });
});

test("a sponsor who was deactivated hears nothing", async () => {
  const other = await makeMemberWith(owner, ["access.create"]);
  await promote(owner, other.userId);
  must(await deactivate(granted(owner, "access.edit"), sponsor.userId));
  await bounce("eve@example.org");
  expect(await told()).toEqual([]);
});
