import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { readDomain } from "@/lib/domains/queries";
import { addMembers } from "@/lib/groups/members";
import type { Paging } from "@/lib/paging";
import { readSource } from "@/lib/sources/queries";
import { testDatabase } from "@/lib/testing/database";
import { currentActor, granted, makeGroup, makeMember, makeMemberWith, makeOwner, must } from "@/lib/testing/people";
import { everyPolicy, makeDomain, makeSource } from "@/lib/testing/resources";
import type { Actor } from "./actor";
import { givesInWords, mayAskWho, readSeers } from "./who";

testDatabase();

const asking = (actor: Actor) => {
  const asked = mayAskWho(actor);
  if (!asked) throw new Error("This actor may not ask");
  return asked;
};
const onPage = (page: Paging["page"]) => ({ q: "", page });
const wordsOf = async (actor: Actor, on: Parameters<typeof readSeers>[1]) =>
  (await readSeers(asking(actor), on, onPage(null))).rows.map(({ email, through }) => ({
    email,
    through: through.map(({ name, owners, gives }) => [name, owners, ...gives.map(givesInWords)]),
  }));

test("who sees a source or domain is exactly who can open it, for every policy there is", async () => {
  const owner = await makeOwner();
  const [one, other] = [await makeSource(owner, { sales: ["orders"] }), await makeSource(owner, { sales: ["orders"] })];
  const [domain, elsewhere] = [await makeDomain(owner), await makeDomain(owner)];
  const people: Actor[] = [owner, await makeMember(owner)];
  const policies = everyPolicy([one, other], [domain, elsewhere]);
  for (const policy of policies) people.push(await makeMemberWith(owner, [policy]));
  const all = async (on: Parameters<typeof readSeers>[1]) =>
    (await readSeers(asking(owner), on, onPage(null))).rows.map(({ id }) => id);
  const who = async (opens: (actor: Actor) => Promise<unknown>) => {
    const opened = await Promise.all(people.map(async (actor) => ((await opens(actor)) ? actor.userId : null)));
    return opened.filter((id) => id !== null).toSorted();
  };
  const [sourceSeers, domainSeers] = [await all({ source: one.id }), await all({ domain })];
  expect(sourceSeers.length).toBeGreaterThan(8);
  expect(sourceSeers.toSorted()).toEqual(await who((actor) => readSource(actor, one.id)));
  expect(domainSeers.toSorted()).toEqual(await who((actor) => readDomain(actor, domain)));
});

/** A domain that an owner and sixty members see: 21 called Amy, then 39 called Mary. */
const seenByMany = async () => {
  const owner = await makeOwner();
  const domain = await makeDomain(owner);
  const group = await makeGroup(owner, [{ right: "domain.read", on: { domain } }]);
  await db().execute(sql`
    with people as (
      insert into users (email, name, password_hash)
      select 'many' || n || '@' || ${domain}::text || '.example.org', case when n < 40 then 'Mary' else 'Amy ' || n end, '' from generate_series(1, 60) n
      returning id, name, email
    ), members as (
      insert into memberships (organization_id, user_id, name, email) select ${owner.organizationId}, id, name, email from people
      returning user_id
    )
    insert into group_members (organization_id, group_id, user_id) select ${owner.organizationId}, ${group}, user_id from members`);
  return (page: Paging["page"]) => readSeers(asking(owner), { domain }, onPage(page));
};

test("everybody among many is on one page, owners first, then by name, also those of one name", async () => {
  const read = await seenByMany();
  const first = await read(null);
  const second = await read(first.next);
  const third = await read(second.next);
  const rows = [first, second, third].flatMap((page) => page.rows);
  expect(rows.map(({ name }) => name)).toEqual([
    "Olive Owner",
    ...Array.from({ length: 21 }, (_, n) => `Amy ${40 + n}`),
    ...Array.from({ length: 39 }, () => "Mary"),
  ]);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(61);
  expect(third.next).toBeNull();
  expect(await read(third.previous)).toEqual(second);
});

test("the next page is there when the last person of the one before sees it no longer", async () => {
  const read = await seenByMany();
  const first = await read(null);
  const second = await read(first.next);
  await db().execute(sql`update memberships set deactivated_at = now() where user_id = ${first.rows.at(-1)?.id ?? ""}`);
  expect((await read(first.next)).rows).toEqual(second.rows);
});

test("a page that nobody stands on any more gives the first one", async () => {
  const read = await seenByMany();
  const { next } = await read((await read(null)).next);
  await db().execute(sql`update memberships set deactivated_at = now() where name = 'Mary'`);
  expect(await read(next)).toEqual(await read(null));
});

test("owners come first with everything; each group says what it gives, by name whoever asks", async () => {
  const owner = await makeOwner();
  const { id: source, schemas } = await makeSource(owner, { sales: ["orders", "returns"], staff: ["pay"] });
  const on = (asset: (typeof schemas)[number]["id"] | null) => ({ source, asset, schema: null });
  const [sales, staff] = schemas;
  if (!sales || !staff) throw new Error("Two schemas were made");
  const group = await makeGroup(
    owner,
    [
      { right: "assets.read", on: on(sales.id) },
      { right: "assets.edit", on: on(staff.id) },
      ...sales.tables.map(({ id }) => ({ right: "assets.read" as const, on: on(id) })),
    ],
    "Analysts",
  );
  const stewards = await makeGroup(owner, ["sources.edit", { right: "assets.read", on: on(null) }], "Stewards");
  const ana = await makeMember(owner, [group, stewards]);
  const manager = await makeMemberWith(owner, ["groups.read", { right: "source.read", on: { source } }]);
  await must(await addMembers(granted(owner, "groups.edit"), group, [owner.userId]));
  // Of two people with one name either may come first.
  await db().execute(sql`update users set name = 'Ana Member' where id = ${ana.userId}`);
  const gone = await makeMember(owner, [group]);
  await db().execute(sql`update memberships set deactivated_at = now() where user_id = ${gone.userId}`);

  const named = [
    ...["Analysts", false, "see schema sales", "change descriptions and tags of schema staff"],
    "see tables sales.orders and sales.returns",
  ];
  const stewarding = ["Stewards", false, "see everything in it", "enable, disable and change sources"];
  expect(await wordsOf(owner, { source })).toEqual([
    { email: owner.email, through: [["Owners", true], named] },
    { email: ana.email, through: [named, stewarding] },
    { email: manager.email, through: [[expect.any(String), false, "see this source"]] },
  ]);
  const [, seenByManager] = await wordsOf(await currentActor(manager.sessionId), { source });
  expect(seenByManager?.through[0]).toEqual(named);
});

test("it can be asked by whoever sees groups or users, and by nobody else", async () => {
  const owner = await makeOwner();
  const { id: source } = await makeSource(owner);
  expect(mayAskWho(await makeMemberWith(owner, ["access.read"]))).not.toBeNull();
  expect(mayAskWho(await makeMemberWith(owner, ["groups.read"]))).not.toBeNull();
  const curious = await makeMemberWith(owner, ["sources.delete", "domains.delete", "audit.read"]);
  expect(mayAskWho(curious)).toBeNull();
  const stranger = await makeOwner("Elsewhere");
  expect(await wordsOf(stranger, { source })).toEqual([{ email: stranger.email, through: [["Owners", true]] }]);
});
