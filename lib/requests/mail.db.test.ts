import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import { removeMember } from "@/lib/groups/members";
import { deactivate } from "@/lib/members/deactivate";
import { testDatabase } from "@/lib/testing/database";
import { sendAll } from "@/lib/testing/outbox";
import { granted, makeGroup, makeMember, makeMemberWith, makeOwner, must, promote } from "@/lib/testing/people";
import { granting, refusing, requestOf } from "@/lib/testing/requests";
import { makeSource } from "@/lib/testing/resources";
import { ask, mostTold } from "./ask";
import { decide } from "./decide";

testDatabase();
let owner: Actor;
beforeAll(async () => {
  owner = await makeOwner("Acme");
});

type Told = { to: string; state: string; payload: Record<string, unknown> };
const told = async (kind: string, asker: Actor): Promise<Told[]> =>
  await db().execute<Told>(sql`
    select to_email as to, state, payload from outbox
    where kind = ${kind} and ${asker.email} in (payload -> 'asker' ->> 'email', to_email) order by to_email`);
const to = (mails: Told[]) => mails.map((mail) => mail.to);

test("owners and those who manage groups are told who asks, and nobody else", async () => {
  const second = await makeMember(owner);
  await promote(owner, second.userId);
  const manager = await makeMemberWith(owner, ["groups.edit"]);
  const former = await makeMemberWith(owner, ["groups.edit"]);
  must(await deactivate(granted(owner, "access.edit"), former.userId));
  for (const right of ["groups.create", "groups.read", "access.edit"] as const) await makeMemberWith(owner, [right]);
  await makeMemberWith(await makeOwner("Globex"), ["groups.edit"]);
  const asker = await makeMember(owner);
  must(await ask(asker, { note: "The sales figures, please" }));
  const mails = await told("access-requested", asker);
  expect(to(mails)).toEqual([manager.email, owner.email, second.email].toSorted());
  expect(mails[0]?.payload).toMatchObject({
    organization: "Acme",
    asker: { name: "Mia Member", email: asker.email },
    note: "The sales figures, please",
    request: await requestOf(asker),
  });
  await ask(asker, { note: "" });
  expect(await told("access-requested", asker)).toHaveLength(3);
});

test("somebody who decides themselves is told neither what they asked nor what they answered", async () => {
  const asker = await makeMemberWith(owner, ["groups.edit"]);
  must(await ask(asker, { note: "" }));
  const mails = to(await told("access-requested", asker));
  expect(mails).not.toContain(asker.email);
  expect(mails).toContain(owner.email);
  must(await decide(granted(asker, "groups.edit"), refusing(await requestOf(asker))));
  expect(await told("access-decided", asker)).toEqual([]);
});

test("of many who decide twenty are told, owners first", async () => {
  const crowded = await makeOwner("Crowded");
  const managers = await makeGroup(crowded, ["groups.edit"]);
  for (let n = 0; n < mostTold + 2; n++) await makeMember(crowded, [managers]);
  const asker = await makeMember(crowded);
  must(await ask(asker, { note: "" }));
  const mails = to(await told("access-requested", asker));
  expect(mails).toHaveLength(20);
  expect(mails).toContain(crowded.email);
});

test("what was decided before its mail went, and who may decide no more, is no news to anybody", async () => {
  const managers = await makeGroup(owner, ["groups.edit"]);
  const manager = await makeMember(owner, [managers]);
  const [waiting, settled] = [await makeMember(owner), await makeMember(owner)];
  for (const asker of [waiting, settled]) must(await ask(asker, { note: "" }));
  must(await decide(granted(owner, "groups.edit"), refusing(await requestOf(settled))));
  must(await removeMember(granted(owner, "groups.edit"), managers, manager.userId));
  await sendAll();
  const states = async (asker: Actor) =>
    Object.fromEntries((await told("access-requested", asker)).map(({ to, state }) => [to, state]));
  expect(await states(waiting)).toMatchObject({ [owner.email]: "sent", [manager.email]: "cancelled" });
  expect(await states(settled)).toMatchObject({ [owner.email]: "cancelled", [manager.email]: "cancelled" });
});

test("whoever asked is told what they were given, and what that lets them see", async () => {
  const { id: source, schemas } = await makeSource(owner, { sales: ["orders"] }, "Snowflake");
  const asset = schemas[0]?.id ?? null;
  const group = await makeGroup(owner, [{ right: "assets.read", on: { source, asset, schema: null } }], "Data Analyst");
  const asker = await makeMember(owner);
  must(await ask(asker, { note: "" }));
  must(await decide(granted(owner, "groups.edit"), { ...granting(await requestOf(asker), group), answer: "Welcome" }));
  const given = [{ group: "Data Analyst", lets: "See schema sales of Snowflake" }];
  expect((await told("access-decided", asker)).map(({ payload }) => payload)).toMatchObject([
    { by: "Olive Owner", given, answer: "Welcome" },
  ]);
  await sendAll();
  expect((await told("access-decided", asker)).map(({ state }) => state)).toEqual(["sent"]);
});

test("whoever was refused is told why; whoever was deactivated meanwhile is told nothing", async () => {
  const [asker, former] = [await makeMember(owner), await makeMember(owner)];
  for (const one of [asker, former]) must(await ask(one, { note: "" }));
  must(await deactivate(granted(owner, "access.edit"), former.userId));
  for (const one of [asker, former])
    must(await decide(granted(owner, "groups.edit"), refusing(await requestOf(one), "Ask me in May")));
  expect((await told("access-decided", asker)).map(({ payload }) => payload)).toMatchObject([
    { given: [], answer: "Ask me in May" },
  ]);
  expect(await told("access-decided", former)).toEqual([]);
});

test("what is refused sends nothing", async () => {
  const asker = await makeMember(owner);
  must(await ask(asker, { note: "" }));
  const beyond = await makeGroup(owner, ["audit.read"]);
  const manager = await makeMemberWith(owner, ["groups.edit"]);
  expect((await decide(granted(manager, "groups.edit"), granting(await requestOf(asker), beyond))).ok).toBe(false);
  expect(await told("access-decided", asker)).toEqual([]);
});
