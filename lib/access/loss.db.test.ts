import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import type { DomainId, GroupId } from "@/db/schema/ids";
import { addAssets, deleteDomain } from "@/lib/domains/commands";
import { readDomain } from "@/lib/domains/queries";
import { deactivate } from "@/lib/members/deactivate";
import { deleteSource } from "@/lib/sources/commands";
import { listAssets, readGathering, readSource } from "@/lib/sources/queries";
import { testDatabase } from "@/lib/testing/database";
import { granted, makeGroup, makeMember, makeMemberWith, makeOwner, must } from "@/lib/testing/people";
import { everyPolicy, type MadeSource, makeDomain, makeSource } from "@/lib/testing/resources";
import type { Actor } from "./actor";
import { grantOn } from "./grant";
import { countInside, lossInWords, readLoss } from "./loss";
import type { Policy } from "./policy";

// What goes with a source or domain that is deleted or disabled: told to whoever is about to do it, and written down.
testDatabase();
let owner: Actor;
let source: MadeSource;
let domain: DomainId;

beforeAll(async () => {
  owner = await makeOwner();
  source = await makeSource(owner, { sales: ["orders"], staff: ["salaries"] });
  domain = await makeDomain(owner);
});

const all = { q: "", page: null };
const onAssets = (right: "assets.read" | "assets.edit", schema?: string): Policy => {
  const asset = source.schemas.find(({ name }) => name === schema)?.id ?? null;
  return { right, on: { source: source.id, asset, schema: null } };
};
const eventsOf = async (id: string, since: number) => {
  const rows = await db().execute<{ action: string; before: unknown; after: unknown }>(sql`
    select action, before, after from audit_events where target_id = ${id} and sequence > ${since} order by sequence`);
  return rows.map(({ action, before, after }) => ({ action, before, after }));
};
const latest = async () => {
  const [row] = await db().execute<{ at: number }>(
    sql`select audit_sequence::int as at from organizations where id = ${owner.organizationId}`,
  );
  return row?.at ?? 0;
};

test("as many people are counted as can open it, or see something in it, for every policy there is", async () => {
  const other = await makeOwner("Globex");
  const [one, beside] = [
    await makeSource(other, { sales: ["orders"] }),
    await makeSource(other, { sales: ["orders"] }),
  ];
  const [about, elsewhere] = [await makeDomain(other), await makeDomain(other)];
  const people = [other, await makeMember(other)];
  for (const policy of everyPolicy([one, beside], [about, elsewhere]))
    people.push(await makeMemberWith(other, [policy]));
  const former = await makeMemberWith(other, [
    { right: "assets.read", on: { source: one.id, asset: null, schema: null } },
    { right: "domain.read", on: { domain: about } },
  ]);
  must(await deactivate(granted(other, "access.edit"), former.userId));
  const count = async (sees: (actor: Actor) => Promise<unknown>) =>
    (await Promise.all(people.map(sees))).filter(Boolean).length;

  expect((await readLoss(other, { source: one.id })).people).toBe(await count((actor) => readSource(actor, one.id)));
  expect((await readLoss(other, { domain: about })).people).toBe(await count((actor) => readDomain(actor, about)));
  expect(await countInside(other, { source: one.id })).toBe(
    await count(async (actor) => (await listAssets(actor, { source: one.id, schema: null }, all)).rows.length > 0),
  );
});

test("before it is deleted it says how many people lose it, and which groups lose what", async () => {
  const analysts = await makeGroup(owner, [onAssets("assets.read", "sales"), "sources.read"], "Analysts");
  await makeGroup(owner, [{ right: "source.edit", on: { source: source.id } }, onAssets("assets.edit")], "Stewards");
  await makeMember(owner, [analysts]);
  expect(lossInWords(await readLoss(owner, { source: source.id }))).toEqual([
    "2 people see it now, and no longer will.",
    "Analysts can no longer: see schema sales.",
    "Stewards can no longer: change descriptions and tags of everything in it; enable, disable and change this source.",
  ]);
  const deleter = await makeMemberWith(owner, ["sources.delete"]);
  expect(lossInWords(await readLoss(deleter, { source: source.id }))).toEqual([
    "3 people see it now, and no longer will.",
    "2 groups lose their policies on it.",
  ]);
  expect(lossInWords(await readLoss(owner, { domain }))).toEqual([
    "1 person sees it now, and no longer will.",
    "No group has a policy on it.",
  ]);
  for (let n = 0; n < 9; n++) await makeGroup(owner, [{ right: "domain.read", on: { domain } }], `Readers ${n}`);
  const many = lossInWords(await readLoss(owner, { domain }));
  expect([many.length, many[1], many.at(-1)]).toEqual([
    10,
    "Readers 0 can no longer: see this domain.",
    "1 group loses its policies on it.",
  ]);
});

test("each group that loses policies, and each domain that loses assets, has an event with what was and what is left", async () => {
  const gone = await makeSource(owner, { sales: ["orders"] }, "Going");
  const [schema] = gone.schemas;
  if (!schema) throw new Error("It has a schema");
  const [finance, sales] = [await makeDomain(owner), await makeDomain(owner)];
  const onGone: Policy[] = [
    { right: "source.read", on: { source: gone.id } },
    { right: "assets.read", on: { source: gone.id, asset: schema.id, schema: null } },
  ];
  const both = await makeGroup(owner, [...onGone, onAssets("assets.read"), "audit.read"]);
  const domains = await makeGroup(owner, [
    { right: "domain.read", on: { domain: finance } },
    { right: "domain.edit", on: { domain: sales } },
  ]);
  must(await addAssets(must(await grantOn(owner, "domain.edit", { domain: finance })), [schema.id]));
  const since = await latest();

  expect(await readGathering(owner, gone.id)).toMatchObject({ domains: 1 });
  must(await deleteSource(must(await grantOn(owner, "source.delete", { source: gone.id }))));
  const [lost, ...more] = await eventsOf(both, since);
  const keys = (event: typeof lost) => {
    const facts: unknown = event?.before;
    return facts && typeof facts === "object" && "removed" in facts ? facts.removed : null;
  };
  expect([lost?.action, more]).toEqual(["group.policies_changed", []]);
  expect(new Set([keys(lost)].flat())).toEqual(
    new Set([`source.read/${gone.id}`, `assets.read/${gone.id}/${schema.id}`]),
  );
  expect(await eventsOf(domains, since)).toEqual([]);
  expect(await eventsOf(finance, since)).toEqual([
    { action: "domain.assets_removed", before: { assets: [schema.id] }, after: null },
  ]);

  must(await deleteDomain(must(await grantOn(owner, "domain.delete", { domain: finance }))));
  const [drained, ...others] = await eventsOf(domains, since);
  expect([drained?.action, others]).toEqual(["group.policies_changed", []]);
  expect(keys(drained)).toEqual([`domain.read/${finance}`]);
  expect(await policiesOf(both)).toHaveLength(2);
});

const policiesOf = (group: GroupId) => db().execute(sql`select from policies where group_id = ${group}`);
