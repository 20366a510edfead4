import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { AssetId, DomainId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { grantOn } from "@/lib/access/grant";
import { readLoss } from "@/lib/access/loss";
import type { Policy } from "@/lib/access/policy";
import type { Result } from "@/lib/result";
import { testDatabase } from "@/lib/testing/database";
import { currentActor, forged, granted, makeMemberWith, makeOwner, must } from "@/lib/testing/people";
import { type MadeSource, makeDomain, makeSource } from "@/lib/testing/resources";
import { addAssets, changeDomain, createDomain, deleteDomain, removeAsset } from "./commands";
import { listCandidates, listDomainAssets, listDomains, readDomain } from "./queries";
import { NewDomain } from "./schema";

testDatabase();

let owner: Actor;
let source: MadeSource;
beforeAll(async () => {
  owner = await makeOwner();
  source = await makeSource(owner);
});

const all = { q: "", page: null };
const searching = (q: string) => ({ q, page: null });
/** The id of `sales` or `sales.orders`. */
const idOf = (name: string, { schemas } = source): AssetId => {
  const [schema, table] = name.split(".");
  const found = schemas.find((candidate) => candidate.name === schema);
  const id = table ? found?.tables.find((candidate) => candidate.name === table)?.id : found?.id;
  if (!id) throw new Error(`No ${name}`);
  return id;
};
const sees = (name: string | null, right: "assets.read" | "assets.edit" = "assets.read"): Policy => ({
  right,
  on: { source: source.id, asset: name === null ? null : idOf(name), schema: null },
});
const onDomain = (domain: DomainId, operation: "read" | "edit" | "delete"): Policy => ({
  right: `domain.${operation}`,
  on: { domain },
});

const editing = async (actor: Actor, domain: string) => must(await grantOn(actor, "domain.edit", { domain }));
const deleting = async (actor: Actor, domain: string) => must(await grantOn(actor, "domain.delete", { domain }));
const codeOf = <T>(result: Result<T>) => (result.ok ? "done" : result.refusal.code);
const faultsOf = <T>(result: Result<T>) =>
  !result.ok && result.refusal.code === "invalid" ? result.refusal.errors : codeOf(result);
const nameTaken = { name: expect.stringMatching(/exists already/) };

/** A domain that gathers these. */
const gathering = async (...names: string[]): Promise<DomainId> => {
  const id = await makeDomain(owner);
  if (names.length > 0)
    must(
      await addAssets(
        await editing(owner, id),
        names.map((name) => idOf(name)),
      ),
    );
  return id;
};
const namesOf = (rows: readonly { schema: string | null; name: string }[]) =>
  rows.map(({ schema, name }) => (schema ? `${schema}.${name}` : name));
const inside = async (actor: Actor, id: DomainId, q = "") =>
  namesOf((await listDomainAssets(actor, id, searching(q))).rows);
const offered = async (actor: Actor, id: DomainId, q = "") =>
  namesOf((await listCandidates(await editing(actor, id), searching(q))).rows);
const stored = async (id: DomainId) =>
  (await db().execute<{ id: AssetId }>(sql`select asset_id as id from domain_assets where domain_id = ${id}`)).map(
    (row) => row.id,
  );
const eventsOf = async (id: string) =>
  db().execute<{ action: string; before: object; after: object }>(
    sql`select action, before, after from audit_events where target_id = ${id} order by sequence`,
  );

describe("making and changing", () => {
  test("a domain is made, called something else, described and deleted, and each is written down", async () => {
    const id = must(
      await createDomain(granted(owner, "domains.create"), { name: "Finance", description: "Money in and out" }),
    );
    expect(await readDomain(owner, id)).toMatchObject({ name: "Finance", schemas: 0, tables: 0, mayEdit: true });
    must(await addAssets(await editing(owner, id), [idOf("sales")]));
    must(await changeDomain(await editing(owner, id), { name: "Finances", description: "" }));
    must(await changeDomain(await editing(owner, id), { name: "Finances", description: "" }));
    expect(must(await removeAsset(await editing(owner, id), idOf("sales")))).toBe("sales");
    must(await addAssets(await editing(owner, id), [idOf("sales.orders")]));
    must(await deleteDomain(await deleting(owner, id)));
    expect(await readDomain(owner, id)).toBeNull();
    expect(await eventsOf(id)).toMatchObject([
      { action: "domain.created", after: { name: "Finance", description: "Money in and out" } },
      { action: "domain.assets_added", after: { assets: [idOf("sales")] } },
      { action: "domain.changed", before: { name: "Finance" }, after: { name: "Finances", description: "" } },
      { action: "domain.asset_removed", before: { asset: idOf("sales") } },
      { action: "domain.assets_added" },
      { action: "domain.deleted", before: { name: "Finances", assets: [idOf("sales.orders")], groups: [] } },
    ]);
  });

  test("no two have one name, whatever its case, also when both are made at once; elsewhere it is free", async () => {
    const make = (name: string, actor = owner) =>
      createDomain(granted(actor, "domains.create"), { name, description: "" });
    const both = await Promise.all([make("Sales"), make("SALES")]);
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(faultsOf(await make("sales"))).toEqual(nameTaken);
    const other = await makeDomain(owner);
    expect(faultsOf(await changeDomain(await editing(owner, other), { name: "sALES", description: "" }))).toEqual(
      nameTaken,
    );
    expect((await make("Sales", await makeOwner("Elsewhere"))).ok).toBe(true);
  });

  test("a name and description hold what people read, and no more", () => {
    const faultOf = (input: object) => NewDomain.safeParse(input).error?.issues[0]?.path[0];
    expect(faultOf({ name: " ", description: "" })).toBe("name");
    expect(faultOf({ name: "x".repeat(65) })).toBe("name");
    expect(faultOf({ name: "a\u200bb" })).toBe("name");
    expect(faultOf({ name: "Fine", description: "x".repeat(501) })).toBe("description");
    expect(faultOf({ name: "Fine", description: "a\0b" })).toBe("description");
    expect(faultOf({ name: "Fine", description: "two\nlines" })).toBeUndefined();
  });

  test("deleting takes the policies on it, and says whose those were; its schemas and tables stay", async () => {
    const id = await gathering("sales");
    const reader = await makeMemberWith(owner, [onDomain(id, "read")]);
    const losing = [{ gives: [{ right: "domain.read", of: null }] }];
    expect(await readLoss(owner, { domain: id })).toMatchObject({ groups: 1, losing });
    const deleter = await makeMemberWith(owner, [onDomain(id, "delete")]);
    expect(await readLoss(deleter, { domain: id })).toMatchObject({ groups: 2, losing: [] });
    must(await deleteDomain(await deleting(deleter, id)));
    expect(await readDomain(reader, id)).toBeNull();
    expect(await db().execute(sql`select from policies where domain_id = ${id}`)).toHaveLength(0);
    expect(await db().execute(sql`select from assets where id = ${idOf("sales")}`)).toHaveLength(1);
  });
});

describe("who may", () => {
  test("seeing, changing and deleting one domain are three things, and none reaches another domain", async () => {
    const [one, other] = [await gathering(), await gathering()];
    const reader = await makeMemberWith(owner, [onDomain(one, "read")]);
    const editor = await makeMemberWith(owner, [onDomain(one, "edit")]);
    const codes = async (actor: Actor, domain: DomainId) => [
      codeOf(await grantOn(actor, "domain.edit", { domain })),
      codeOf(await grantOn(actor, "domain.delete", { domain })),
    ];
    expect(await codes(reader, one)).toEqual(["forbidden", "forbidden"]);
    expect(await codes(editor, one)).toEqual(["done", "forbidden"]);
    for (const actor of [reader, editor]) expect(await codes(actor, other)).toEqual(["not-found", "not-found"]);
    expect(await codes(await makeMemberWith(owner, ["domains.edit"]), other)).toEqual(["done", "forbidden"]);
    expect(await codes(await makeMemberWith(owner, ["domains.delete"]), other)).toEqual(["forbidden", "done"]);
  });

  test("a right lost after the page was drawn is missed by the command", async () => {
    const id = await gathering("sales");
    const editor = await makeMemberWith(owner, [onDomain(id, "edit"), onDomain(id, "delete"), sees(null)]);
    const [edit, remove] = [await editing(editor, id), await deleting(editor, id)];
    await db().execute(sql`delete from group_members where user_id = ${editor.userId}`);
    expect(codeOf(await changeDomain(edit, { name: "Mine", description: "" }))).toBe("not-found");
    expect(codeOf(await addAssets(edit, [idOf("people")]))).toBe("not-found");
    expect(codeOf(await removeAsset(edit, idOf("sales")))).toBe("not-found");
    expect(codeOf(await deleteDomain(remove))).toBe("not-found");
    expect(codeOf(await createDomain(forged(editor, "domains.create"), { name: "Forged", description: "" }))).toBe(
      "forbidden",
    );
    expect(await stored(id)).toEqual([idOf("sales")]);
  });
});

describe("what a domain gathers", () => {
  test("is only what the editor sees all of; one that isn't refuses the others too", async () => {
    const id = await gathering();
    const editor = await makeMemberWith(owner, [
      onDomain(id, "edit"),
      sees("sales.orders"),
      sees("people", "assets.edit"),
    ]);
    const add = async (...names: string[]) =>
      codeOf(
        await addAssets(
          await editing(editor, id),
          names.map((name) => idOf(name)),
        ),
      );
    expect(await offered(editor, id)).toEqual(["people", "people.salaries", "sales.orders"]);
    expect(await add("sales.customers")).toBe("not-found");
    expect(await add("sales.orders", "sales.customers")).toBe("not-found");
    // They see that the schema is there, around their table; put into the domain it would bring tables they don't see.
    expect(await add("sales")).toBe("not-found");
    expect(await stored(id)).toEqual([]);
    expect(await add("sales.orders", "people", "people")).toBe("done");
    expect(await offered(editor, id)).toEqual([]);
    const manager = await makeMemberWith(owner, ["domains.edit", "sources.edit"]);
    expect(await offered(manager, id)).toEqual([]);
    expect(codeOf(await addAssets(await editing(manager, id), [idOf("sales")]))).toBe("not-found");
  });

  test("shows to each only as far as it shows to them in its source, and is in no count either", async () => {
    const id = await gathering("sales", "people.salaries");
    const analyst = await makeMemberWith(owner, [onDomain(id, "read"), sees("sales.orders")]);
    const blind = await makeMemberWith(owner, ["domains.edit", "sources.edit"]);
    const outsider = await makeMemberWith(owner, [sees(null)]);
    expect(await inside(owner, id)).toEqual(["sales", "people.salaries"]);
    expect(await inside(owner, id, "CUST")).toEqual(["sales.customers"]);
    expect(await inside(analyst, id)).toEqual(["sales"]);
    expect(await inside(analyst, id, "sales")).toEqual(["sales", "sales.orders"]);
    expect(await inside(analyst, id, "salaries")).toEqual([]);
    expect(await readDomain(analyst, id)).toMatchObject({ schemas: 1, tables: 1, mayEdit: false, mayDelete: false });
    expect(await inside(blind, id)).toEqual([]);
    expect(await readDomain(blind, id)).toMatchObject({ schemas: 0, tables: 0 });
    expect(codeOf(await removeAsset(await editing(blind, id), idOf("sales")))).toBe("not-found");
    expect(await inside(outsider, id)).toEqual([]);
    expect(await readDomain(outsider, id)).toBeNull();
    expect((await listDomains(outsider, all)).rows).toEqual([]);
    expect((await listDomains(analyst, all)).rows).toEqual([expect.objectContaining({ id, schemas: 1, tables: 1 })]);
  });

  test("tells its editor what they could put into it again: what they see all of", async () => {
    const id = await gathering("sales", "people");
    const editor = await makeMemberWith(owner, [onDomain(id, "edit"), sees("sales.orders"), sees("people")]);
    const whole = async (actor: Actor) =>
      (await listDomainAssets(actor, id, all)).rows.map((row) => [row.name, row.whole]);
    expect(await whole(editor)).toEqual([
      ["people", true],
      ["sales", false],
    ]);
    expect(await whole(owner)).toEqual([
      ["people", true],
      ["sales", true],
    ]);
  });

  test("lets nobody see more than before: a domain gives no asset", async () => {
    const id = await gathering("sales");
    const reader = await makeMemberWith(owner, [onDomain(id, "delete")]);
    expect(codeOf(await grantOn(reader, "assets.read", { source: source.id, asset: idOf("sales") }))).toBe("not-found");
    expect(codeOf(await grantOn(reader, "source.read", { source: source.id }))).toBe("not-found");
  });

  test("shows to nobody while its source is disabled, and then again", async () => {
    const hidden = await makeSource(owner, { secret: ["plans"] });
    const id = await makeDomain(owner);
    must(await addAssets(await editing(owner, id), [idOf("secret", hidden)]));
    await db().execute(sql`update sources set disabled_at = now() where id = ${hidden.id}`);
    expect(await inside(owner, id)).toEqual([]);
    expect(await readDomain(owner, id)).toMatchObject({ schemas: 0 });
    await db().execute(sql`update sources set disabled_at = null where id = ${hidden.id}`);
    expect(await inside(owner, id)).toEqual(["secret"]);
  });

  test("is gone from it with its source", async () => {
    const short = await makeSource(owner, { brief: ["moment"] });
    const id = await makeDomain(owner);
    must(await addAssets(await editing(owner, id), [idOf("brief.moment", short)]));
    await db().execute(sql`delete from sources where id = ${short.id}`);
    expect(await stored(id)).toEqual([]);
  });

  test("is found by name, schema, source and description, and turned over page by page", async () => {
    const many = await makeSource(owner, { stock: Array.from({ length: 120 }, (_, n) => `t${n}`) }, "Stockroom");
    const id = await makeDomain(owner);
    const schema = idOf("stock", many);
    expect(await offered(owner, id, "stock.t11")).toEqual(expect.arrayContaining(["stock.t11", "stock.t110"]));
    expect(await offered(owner, id, "%")).toEqual([]);
    must(await addAssets(await editing(owner, id), [schema]));
    expect(await offered(owner, id, "stockroom")).toEqual([]);
    const seen: string[] = [];
    let page: Awaited<ReturnType<typeof listDomainAssets>>["next"] = null;
    do {
      const read = await listDomainAssets(owner, id, { q: "Stockroom", page });
      seen.push(...namesOf(read.rows));
      page = read.next;
    } while (page);
    expect(seen).toHaveLength(121);
    expect(new Set(seen).size).toBe(121);
    expect(seen[0]).toBe("stock");
  });
});

describe("another organization", () => {
  test("its ids answer like ids of nothing, in every place", async () => {
    const stranger = await makeOwner("Elsewhere");
    const [theirs, own] = [await gathering("sales"), await makeDomain(stranger)];
    for (const domain of [theirs, randomUUID(), "no id"]) {
      expect(await readDomain(stranger, domain)).toBeNull();
      expect(codeOf(await grantOn(stranger, "domain.edit", { domain }))).toBe("not-found");
      expect(codeOf(await grantOn(stranger, "domain.delete", { domain }))).toBe("not-found");
    }
    expect((await listDomains(stranger, all)).rows.map(({ id }) => id)).toEqual([own]);
    expect(await inside(stranger, theirs)).toEqual([]);
    const edit = await editing(stranger, own);
    for (const asset of [idOf("sales"), idOf("sales.orders"), randomUUID() as AssetId]) {
      expect(codeOf(await addAssets(edit, [asset]))).toBe("not-found");
      expect(codeOf(await removeAsset(edit, asset))).toBe("not-found");
    }
    expect(await offered(stranger, own)).toEqual([]);
    expect(await readLoss(stranger, { domain: theirs })).toMatchObject({ groups: 0, losing: [] });
  });

  test("the table itself refuses to gather what is of another", async () => {
    const stranger = await makeOwner("Elsewhere");
    const own = await makeDomain(stranger);
    for (const organization of [owner.organizationId, stranger.organizationId])
      await expect(
        db().execute(sql`insert into domain_assets (organization_id, domain_id, source_id, asset_id)
          values (${organization}, ${own}, ${source.id}, ${idOf("sales")})`),
      ).rejects.toThrow();
  });
});

test("somebody who may only make domains sees what they made, and can't fill it", async () => {
  const maker = await makeMemberWith(owner, ["domains.create", sees(null)]);
  const id = must(await createDomain(granted(maker, "domains.create"), { name: "Made", description: "" }));
  expect(await readDomain(await currentActor(maker.sessionId), id)).toMatchObject({ mayEdit: false });
  expect(codeOf(await grantOn(maker, "domain.edit", { domain: id }))).toBe("forbidden");
});
