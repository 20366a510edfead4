import { sql } from "drizzle-orm";
import { beforeAll, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import { through } from "@/lib/outbox/through";
import { testDatabase } from "@/lib/testing/database";
import { freshEmail, inviteOne, makeMember, makeOwner } from "@/lib/testing/people";
import { readHelp, readSupport } from "./queries";

vi.hoisted(() => {
  Object.assign(process.env, {
    APP_URL: "https://gatehouse.test",
    RESEND_API_KEY: "re_a_key_of_tests",
    EMAIL_FROM: "mail@gatehouse.test",
    SUPPORT_EMAIL: "support@gatehouse.test",
    INVITES_PER_DAY: "2",
  });
});

// What Help says of mail that a provider takes, of support that has an address, and of a limit that was reached.
testDatabase();
let owner: Actor;
let member: Actor;

beforeAll(async () => {
  owner = await makeOwner();
  member = await makeMember(owner);
});

test("support is the configured address, to everybody, also to whoever stands in no organization", async () => {
  const support = { email: "support@gatehouse.test", owners: [] };
  expect((await readHelp(owner)).support).toEqual(support);
  expect((await readHelp(member)).support).toEqual(support);
  expect(await readSupport(null)).toEqual(support);
});

test("mail that the provider refuses is told as paused, since when, and as on again once it isn't", async () => {
  expect((await readHelp(member)).mail).toEqual({ kind: "on" });
  await db().execute(sql`
    insert into mail_flow (transport, paused_since, paused_reason) values (${through()}, '2026-01-02T03:04:05Z', 'API key is invalid')`);
  for (const actor of [owner, member])
    expect((await readHelp(actor)).mail).toMatchObject({ kind: "paused", since: new Date("2026-01-02T03:04:05Z") });
  await db().execute(sql`update mail_flow set paused_since = null, paused_reason = null`);
  expect(await readHelp(owner)).toMatchObject({ mail: { kind: "on" }, from: "mail@gatehouse.test" });
});

test("who may invite, but not today any more, is told from when on", async () => {
  expect((await readHelp(owner)).inviting).toEqual({ may: true, until: null });
  await inviteOne(owner, freshEmail("last"));
  const { inviting } = await readHelp(owner);
  if (!inviting.may || !inviting.until) throw new Error("The limit is reached");
  expect(inviting.until.getTime() - Date.now()).toBeGreaterThan(23 * 3600_000);
  expect(inviting.until.getTime() - Date.now()).toBeLessThanOrEqual(24 * 3600_000);
});
