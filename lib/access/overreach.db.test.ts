import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { connect } from "@/lib/sources/connect";
import { ConnectInput } from "@/lib/sources/schema";
import { testDatabase } from "@/lib/testing/database";
import { granted, makeMember, makeMemberWith, makeOwner } from "@/lib/testing/people";
import { makeDomain, makeSource } from "@/lib/testing/resources";
import type { Actor } from "./actor";
import { recordOverreach } from "./overreach";

testDatabase();
let owner: Actor;
let member: Actor;

beforeAll(async () => {
  owner = await makeOwner();
});
beforeEach(async () => {
  member = await makeMember(owner);
});

const recorded = async () => {
  const rows = await db().execute<{ after: Record<string, unknown> }>(sql`
    select after from audit_events where action = 'membership.overreached' and target_id = ${member.userId} order by sequence`);
  return rows.map(({ after }) => after);
};
const notFound = (input: unknown) => recordOverreach(member, "domain.edit", { code: "not-found" }, input);

test("who tried more than they may is on record, at most twenty times an hour", async () => {
  await recordOverreach(member, "groups.edit", { code: "not-found" });
  await recordOverreach(member, "groups.edit", { code: "last-owner" });
  await recordOverreach(member, "groups.edit", { code: "invalid", errors: { name: "Enter a name." } });
  expect(await recorded()).toEqual([]);
  await recordOverreach(member, "groups.edit", { code: "forbidden", missing: "groups.edit" });
  await recordOverreach(member, "access.create", { code: "beyond-own-rights", group: "Curators" });
  await recordOverreach(member, "groups.edit", { code: "owners-only" });
  expect(await recorded()).toEqual([
    { right: "groups.edit", refusal: "forbidden", missing: "groups.edit" },
    { right: "access.create", refusal: "beyond-own-rights", group: "Curators" },
    { right: "groups.edit", refusal: "owners-only" },
  ]);
  for (let more = 0; more < 30; more++) await recordOverreach(member, "groups.edit", { code: "owners-only" });
  expect(await recorded()).toHaveLength(20);
});

test("the record says what was tried: ids and policies, the first twenty of each, and nothing else of the form", async () => {
  const ids = Array.from({ length: 30 }, () => randomUUID());
  const [group, user, asset] = ids;
  await recordOverreach(
    member,
    "groups.edit",
    { code: "owners-only" },
    {
      ...{ group, groups: ids, user, asset, name: "Secret plan", url: "postgres://a:b@c/d", invitation: "no id" },
      policy: { right: "domain.read", on: { domain: user } },
      draft: new Map([
        ["access.create", true],
        [`assets.read/${asset}`, false],
        ["my password", true],
      ]),
    },
  );
  expect(await recorded()).toEqual([
    {
      ...{ right: "groups.edit", refusal: "owners-only", groups: ids.slice(0, 20), users: [user], assets: [asset] },
      policies: [`domain.read/${user}`, "+access.create", `-assets.read/${asset}`],
    },
  ]);
});

test("naming what the organization has and they can't see is on record; what nobody has, or is disabled, is not", async () => {
  const source = await makeSource(owner, { sales: ["orders"], people: ["salaries"] });
  const [sales, people] = source.schemas;
  const orders = sales?.tables[0]?.id;
  const domain = await makeDomain(owner);
  const elsewhere = await makeSource(await makeOwner(), { sales: [] });
  if (!orders) throw new Error("A table that was not made");
  member = await makeMemberWith(owner, [
    { right: "assets.read", on: { source: source.id, asset: orders, schema: null } },
  ]);

  await notFound({ source: source.id, asset: orders, assets: [orders] });
  await notFound({ asset: sales?.id });
  await notFound({ source: elsewhere.id, assets: [randomUUID()], domain: randomUUID() });
  expect(await recorded()).toEqual([]);

  const hidden = await makeSource(owner);
  const drafts = (word: string, gains = true) => ({ draft: new Map([[word, gains]]) });
  await notFound({ about: source.id, ...drafts(`assets.read/${orders}`) });
  await notFound(drafts(`domain.read/${domain}`, false));
  expect(await recorded()).toEqual([]);

  const unseen = [
    { domain },
    { asset: people?.id },
    { assets: [orders, people?.id] },
    { assets: [sales?.id] },
    { about: hidden.id },
    drafts(`assets.read/${people?.id}`),
    drafts(`domain.read/${domain}`),
  ];
  for (const input of unseen) await notFound(input);
  expect(await recorded()).toMatchObject([
    { refusal: "not-found", domains: [domain] },
    { assets: [people?.id] },
    { assets: [orders, people?.id] },
    { assets: [sales?.id] },
    { sources: [hidden.id] },
    { policies: [`+assets.read/${people?.id}`] },
    { policies: [`+domain.read/${domain}`] },
  ]);
  await recordOverreach(owner, "domain.edit", { code: "not-found" }, { domain });
  await db().execute(sql`update sources set disabled_at = now() where id = ${source.id}`);
  await notFound({ asset: orders });
  await notFound({ asset: people?.id });
  expect(await recorded()).toHaveLength(unseen.length);
});

test("connecting a source where none may be is on record with the host, and never with what opens it", async () => {
  for (const [name, host] of Object.entries({ Metadata: "169.254.169.254", Ourselves: "127.9.9.9" })) {
    const url = `postgres://reader:hidden-word@${host}:5499/warehouse`;
    const input = ConnectInput.parse({ name, url });
    const outcome = await connect(granted(owner, "sources.create"), input);
    if (!outcome.ok) await recordOverreach(member, "sources.create", outcome.refusal, input);
  }
  expect(await recorded()).toEqual([
    { right: "sources.create", refusal: "invalid", fault: "target-refused", host: "169.254.169.254", port: 5499 },
    { right: "sources.create", refusal: "invalid", fault: "this-machine", host: "127.9.9.9", port: 5499 },
  ]);
});
