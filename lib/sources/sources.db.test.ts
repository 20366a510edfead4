import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { sources } from "@/db/schema";
import type { AssetId, OrganizationId, SourceId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { grantOn } from "@/lib/access/grant";
import { readLoss } from "@/lib/access/loss";
import type { Policy } from "@/lib/access/policy";
import { currentFingerprint } from "@/lib/auth/derive";
import type { Result } from "@/lib/result";
import { testDatabase } from "@/lib/testing/database";
import { currentActor, granted, makeMemberWith, makeOwner, must } from "@/lib/testing/people";
import { freePort } from "@/lib/testing/server";
import { startWarehouse, type Warehouse } from "@/lib/testing/warehouse";
import { changeAsset, changeSource, deleteSource, disable, enable } from "./commands";
import { connect, refresh, replaceCredential } from "./connect";
import { listAssets, listSources, readAsset, readGathering, readSource } from "./queries";
import { readUrl } from "./url";

testDatabase();

// Believed beside today's, as during a planned rotation.
const older = "an older secret of tests, 77ab03fe91c2";
vi.stubEnv("AUTH_SECRET_PREVIOUS", older);

/** How a process that still had the older secret sealed a URL. */
const sealedBefore = async (url: string, source: { organizationId: OrganizationId; sourceId: SourceId }) => {
  vi.resetModules();
  vi.stubEnv("AUTH_SECRET", older);
  vi.stubEnv("AUTH_SECRET_PREVIOUS", "");
  const { seal } = await import("./credential");
  const sealed = seal(url, source);
  vi.unstubAllEnvs();
  return sealed;
};

let warehouse: Warehouse;
let owner: Actor;
beforeAll(async () => {
  warehouse = await startWarehouse();
  await warehouse.run("create role reader login password 'a reader''s word'");
  owner = await makeOwner();
});
afterAll(() => warehouse.stop());
beforeEach(() => db().execute(sql`delete from limits where scope = 'source-visits'`));

/** A database of its own with two schemas of two tables, all of which `reader` may read. */
const makeDatabase = async (): Promise<string> => {
  const database = `w${randomUUID().slice(0, 8)}`;
  await warehouse.run(`create database ${database}`);
  await warehouse.run(
    `create schema sales; create schema staff; drop schema public;
    create table sales.orders (id int); create table sales.returns (id int);
    create table staff.people (id int); create table staff.pay (id int);
    grant usage on schema sales, staff to reader;
    grant select on all tables in schema sales, staff to reader;
    alter default privileges in schema sales grant select on tables to reader`,
    database,
  );
  return database;
};

const addressOf = (url: string) => {
  const read = readUrl(url);
  if ("fault" in read) throw new Error(read.fault);
  return read.address;
};
let count = 0;
const connectTo = (database: string, actor = owner, name = `Source ${++count}`) =>
  connect(granted(actor, "sources.create"), { name, address: addressOf(warehouse.url("reader", database)) });
const makeSource = async (actor = owner) => {
  const database = await makeDatabase();
  return { database, id: must(await connectTo(database, actor)) };
};

const all = { q: "", page: null };
const namesIn = async (actor: Actor, source: SourceId, q = "", schema: AssetId | null = null) =>
  (await listAssets(actor, { source, schema }, { q, page: null })).rows.map(({ name }) => name);
const assetOf = async (source: SourceId, name: string): Promise<AssetId> => {
  const [row] = await db().execute<{ id: AssetId }>(
    sql`select id from assets where source_id = ${source} and name = ${name}`,
  );
  if (!row) throw new Error(`No asset ${name}`);
  return row.id;
};
const edit = async (actor: Actor, source: SourceId) => must(await grantOn(actor, "source.edit", { source }));
const codeOf = <T>(result: Result<T>) => (result.ok ? "done" : result.refusal.code);
const faultsOf = <T>(result: Result<T>) =>
  !result.ok && result.refusal.code === "invalid" ? result.refusal.errors : codeOf(result);
const eventsOf = async (id: string) =>
  (
    await db().execute<{ action: string }>(
      sql`select action from audit_events where target_id = ${id} order by sequence`,
    )
  ).map(({ action }) => action);

describe("connecting", () => {
  test("keeps the source, its schemas and its tables, and writes it down", async () => {
    const { id, database } = await makeSource();
    expect(await readSource(owner, id)).toMatchObject({
      ...{ enabled: true, schemas: 2, tables: 4, mayEdit: true, mayDelete: true },
      connection: { host: "127.0.0.1", port: warehouse.port, database, username: "reader" },
    });
    expect(await namesIn(owner, id)).toEqual(["sales", "staff"]);
    expect(await namesIn(owner, id, "", await assetOf(id, "sales"))).toEqual(["orders", "returns"]);
    expect(await eventsOf(id)).toEqual(["source.connected"]);
  });

  test("leaves the password in no row, in no form", async () => {
    await makeSource();
    for (const table of ["sources", "assets", "audit_events", "limits"]) {
      const [row] = await db().execute<{ text: string }>(
        sql`select string_agg(t::text, ' ') as text from ${sql.identifier(table)} t`,
      );
      for (const form of ["a reader's word", "a%20reader", Buffer.from("a reader's word").toString("hex")])
        expect(row?.text ?? "").not.toContain(form);
    }
  });

  test("leaves nothing behind when the database can't be read, and says beside which field why", async () => {
    const before = await db().execute(sql`select (select count(*) from sources) + (select count(*) from assets) as n`);
    const tries = [
      [warehouse.url("reader", "nowhere"), { url: expect.stringMatching(/no database of this name/) }],
      [
        warehouse.url("reader", "postgres", "wrong"),
        { password: expect.stringMatching(/refused the user or the password/) },
      ],
      [`postgres://reader@127.0.0.1:${await freePort()}/w`, { url: expect.stringMatching(/nothing listens/) }],
      ["postgres://reader@169.254.169.254/w", { url: expect.stringMatching(/belongs to the machine/) }],
    ] as const;
    for (const [url, errors] of tries)
      expect(
        faultsOf(await connect(granted(owner, "sources.create"), { name: "Nothing", address: addressOf(url) })),
      ).toEqual(errors);
    expect(await db().execute(sql`select (select count(*) from sources) + (select count(*) from assets) as n`)).toEqual(
      before,
    );
  });

  test("refuses a name that another source has, in any case, also when both are connected at once", async () => {
    const database = await makeDatabase();
    const both = await Promise.all([connectTo(database, owner, "Snowfall"), connectTo(database, owner, "SNOWFALL")]);
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(faultsOf(await connectTo(database, owner, "snowfall"))).toEqual({
      name: expect.stringMatching(/exists already/),
    });
    expect((await connectTo(database, await makeOwner("Elsewhere"), "Snowfall")).ok).toBe(true);
  });

  test("is refused to somebody who lost the right while the database was read", async () => {
    const member = await makeMemberWith(owner, ["sources.create"]);
    const grant = granted(member, "sources.create");
    await db().execute(sql`delete from group_members where user_id = ${member.userId}`);
    const address = addressOf(warehouse.url("reader", await makeDatabase()));
    expect(codeOf(await connect(grant, { name: "Too late", address }))).toBe("forbidden");
  });

  test("is limited for each organization", async () => {
    const busy = await makeOwner("Busy");
    await db().execute(sql`insert into limits (scope, subject, hits)
      select 'source-visits', ${busy.organizationId}, array_agg(clock_timestamp()) from generate_series(1, 60)`);
    expect(codeOf(await connectTo("postgres", busy))).toBe("limited");
  });
});

describe("refreshing", () => {
  test("finds what is new, marks what is gone, and keeps words and ids of what comes back", async () => {
    const { id, database } = await makeSource();
    const orders = await assetOf(id, "orders");
    const change = must(await grantOn(owner, "assets.edit", { source: id, asset: orders }));
    must(await changeAsset(change, { description: "What people bought", tags: ["gold"] }));
    await warehouse.run(
      "drop table sales.orders; create table sales.parcels (id int); drop schema staff cascade",
      database,
    );
    expect(must(await refresh(await edit(owner, id)))).toEqual({ schemas: 1, tables: 2, added: 1, back: 0, gone: 4 });
    expect(await readAsset(owner, id, orders)).toMatchObject({ missing: true, description: "What people bought" });

    await warehouse.run("create table sales.orders (id bigint not null)", database);
    expect(must(await refresh(await edit(owner, id)))).toEqual({ schemas: 1, tables: 3, added: 0, back: 1, gone: 0 });
    expect(await readAsset(owner, id, orders)).toMatchObject({
      ...{ missing: false, description: "What people bought", tags: ["gold"] },
      columns: [{ name: "id", type: "bigint", nullable: false }],
    });
    expect(await eventsOf(id)).toEqual(["source.connected", "source.refreshed", "source.refreshed"]);
  });

  test("changes nothing when the database can't be read", async () => {
    const { id, database } = await makeSource();
    await warehouse.run(`drop database ${database} with (force)`);
    expect(await refresh(await edit(owner, id))).toMatchObject({
      refusal: { code: "source-fault", fault: "unknown-database" },
    });
    expect(await readSource(owner, id)).toMatchObject({ schemas: 2, tables: 4 });
  });

  test("brings its credential under today's secret, so that the one before may go", async () => {
    const { id, database } = await makeSource();
    const { organizationId } = owner;
    const sealed = await sealedBefore(warehouse.url("reader", database), { organizationId, sourceId: id });
    await db().update(sources).set(sealed).where(eq(sources.id, id));
    expect(codeOf(await refresh(await edit(owner, id)))).toBe("done");
    const [row] = await db().select().from(sources).where(eq(sources.id, id));
    expect([sealed.keyFingerprint === currentFingerprint(), row?.keyFingerprint]).toEqual([
      false,
      currentFingerprint(),
    ]);
    expect(codeOf(await refresh(await edit(owner, id)))).toBe("done");
  });

  test("says so when the secret of its credential is gone, and goes on with a new one", async () => {
    const { id, database } = await makeSource();
    await db().execute(sql`update sources set key_fingerprint = '0000000000000000' where id = ${id}`);
    expect(codeOf(await refresh(await edit(owner, id)))).toBe("credential-gone");
    must(await replaceCredential(await edit(owner, id), addressOf(warehouse.url("reader", database))));
    expect(codeOf(await refresh(await edit(owner, id)))).toBe("done");
  });

  test("changes nothing with what it read when the source has another credential by then", async () => {
    const { id, database } = await makeSource();
    await warehouse.run("drop table sales.orders", database);
    const refreshing = await db().transaction(async (tx) => {
      await tx.execute(sql`select from organizations where id = ${owner.organizationId} for update`);
      const under = refresh(await edit(owner, id));
      const waits = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await db().execute(waits)).length === 0) await sleep(25);
      await tx.execute(sql`update sources set credential = sha256(credential) where id = ${id}`);
      return { under };
    });
    expect(codeOf(await refreshing.under)).toBe("changed-meanwhile");
    expect(await readAsset(owner, id, await assetOf(id, "orders"))).toMatchObject({ missing: false });
  });
});

describe("a credential", () => {
  test("is replaced once the new one has been tried, and else stays", async () => {
    const { id, database } = await makeSource();
    const wrong = addressOf(warehouse.url("reader", database, "wrong"));
    expect(faultsOf(await replaceCredential(await edit(owner, id), wrong))).toEqual({ password: expect.any(String) });
    expect(codeOf(await refresh(await edit(owner, id)))).toBe("done");
    await warehouse.run("create role second login password 'another word' in role reader");
    must(await replaceCredential(await edit(owner, id), addressOf(warehouse.url("second", database, "another word"))));
    expect((await readSource(owner, id))?.connection?.username).toBe("second");
    expect(await eventsOf(id)).toContain("source.credential_replaced");
  });
});

describe("who sees what", () => {
  const on = (source: SourceId, asset: AssetId | null, operation: "read" | "edit" = "read"): Policy => ({
    ...{ right: `assets.${operation}`, on: { source, asset, schema: null } },
  });

  test("somebody with one schema sees that schema and nothing else", async () => {
    const { id } = await makeSource();
    await makeSource();
    const [sales, staff] = [await assetOf(id, "sales"), await assetOf(id, "staff")];
    const analyst = await makeMemberWith(owner, [on(id, sales)]);
    expect((await listSources(analyst, all)).rows.map((row) => row.id)).toEqual([id]);
    expect(await readSource(analyst, id)).toMatchObject({ schemas: 1, tables: 2, mayEdit: false, connection: null });
    expect(await namesIn(analyst, id)).toEqual(["sales"]);
    expect(await namesIn(analyst, id, "", sales)).toEqual(["orders", "returns"]);
    expect(await namesIn(analyst, id, "p")).toEqual([]);
    expect(await namesIn(analyst, id, "", staff)).toEqual([]);
    expect(await readAsset(analyst, id, staff)).toBeNull();
    expect(await readAsset(analyst, id, await assetOf(id, "pay"))).toBeNull();
    expect(await readAsset(analyst, id, sales)).toMatchObject({ mayEdit: false, tables: 2 });
  });

  test("somebody with one table sees its schema around it, and no table beside it", async () => {
    const { id } = await makeSource();
    const analyst = await makeMemberWith(owner, [on(id, await assetOf(id, "pay"), "edit")]);
    const staff = await assetOf(id, "staff");
    expect(await namesIn(analyst, id)).toEqual(["staff"]);
    expect(await namesIn(analyst, id, "", staff)).toEqual(["pay"]);
    expect(await readAsset(analyst, id, staff)).toMatchObject({ tables: 1, mayEdit: false });
    expect(await readAsset(analyst, id, await assetOf(id, "pay"))).toMatchObject({ mayEdit: true, schema: "staff" });
  });

  test("whoever manages sources sees where they are, but none of their assets", async () => {
    const { id } = await makeSource();
    const manager = await makeMemberWith(owner, ["sources.edit"]);
    expect(await readSource(manager, id)).toMatchObject({ schemas: 0, tables: 0, connection: { host: "127.0.0.1" } });
    expect(await namesIn(manager, id)).toEqual([]);
  });

  test("somebody without any policy sees none", async () => {
    const { id } = await makeSource();
    const nobody = await makeMemberWith(owner, []);
    expect((await listSources(nobody, all)).rows).toEqual([]);
    expect(await readSource(nobody, id)).toBeNull();
    expect(await readAsset(nobody, id, await assetOf(id, "sales"))).toBeNull();
  });

  test("while a source is disabled its assets show to nobody, and then to the same people again", async () => {
    const { id } = await makeSource();
    const analyst = await makeMemberWith(owner, [on(id, null)]);
    must(await disable(await edit(owner, id)));
    must(await disable(await edit(owner, id)));
    for (const actor of [owner, analyst]) {
      expect(await readSource(actor, id)).toMatchObject({ enabled: false, schemas: 0, tables: 0 });
      expect(await namesIn(actor, id, "o")).toEqual([]);
    }
    must(await enable(await edit(owner, id)));
    expect(await namesIn(analyst, id)).toEqual(["sales", "staff"]);
    expect(await eventsOf(id)).toEqual(["source.connected", "source.disabled", "source.enabled"]);
  });

  test("another organization's ids answer like ids of nothing", async () => {
    const { id } = await makeSource();
    const [sales, stranger] = [await assetOf(id, "sales"), await makeOwner("Elsewhere")];
    const own = await makeSource(stranger);
    for (const source of [id, randomUUID(), "no id"]) {
      expect(await readSource(stranger, source)).toBeNull();
      for (const right of ["source.edit", "source.delete"] as const)
        expect(codeOf(await grantOn(stranger, right, { source }))).toBe("not-found");
      expect(codeOf(await grantOn(stranger, "assets.edit", { source, asset: sales }))).toBe("not-found");
      expect(codeOf(await grantOn(stranger, "assets.edit", { source, asset: null }))).toBe("not-found");
    }
    for (const asset of [sales, randomUUID(), "no id"]) {
      expect(await readAsset(stranger, own.id, asset)).toBeNull();
      expect(await readAsset(stranger, id, asset)).toBeNull();
      expect(codeOf(await grantOn(stranger, "assets.edit", { source: own.id, asset }))).toBe("not-found");
    }
    expect(await namesIn(stranger, id, "o")).toEqual([]);
    expect(await readLoss(stranger, { source: id })).toEqual({ people: 1, groups: 0, losing: [] });
    expect(await readGathering(stranger, id)).toEqual({ domains: 0, domainNames: [] });
  });
});

describe("searching and turning pages", () => {
  test("finds by name, description and tag, and takes no typed character for a wildcard", async () => {
    const { id } = await makeSource();
    const pay = must(await grantOn(owner, "assets.edit", { source: id, asset: await assetOf(id, "pay") }));
    must(await changeAsset(pay, { description: "Monthly 100% salaries", tags: ["finance_core"] }));
    expect(await namesIn(owner, id, "PEOPLE")).toEqual(["people"]);
    expect(await namesIn(owner, id, "salar")).toEqual(["pay"]);
    expect(await namesIn(owner, id, "0%")).toEqual(["pay"]);
    expect(await namesIn(owner, id, "e_c")).toEqual(["pay"]);
    expect(await namesIn(owner, id, "_")).toEqual(["pay"]);
    expect(await namesIn(owner, id, "\\")).toEqual([]);
  });

  test("finds a table by its name with its schema's before it, whole or in part", async () => {
    const { id } = await makeSource();
    expect(await namesIn(owner, id, "sales.orders")).toEqual(["orders"]);
    expect(await namesIn(owner, id, "LES.ord")).toEqual(["orders"]);
    expect(await namesIn(owner, id, "sales.")).toEqual(["orders", "returns"]);
    expect(await namesIn(owner, id, "staff.orders")).toEqual([]);
    expect(await namesIn(owner, id, "orders", await assetOf(id, "staff"))).toEqual([]);
    expect(await namesIn(owner, id, "sales.orders", await assetOf(id, "sales"))).toEqual(["orders"]);
    const reader = await makeMemberWith(owner, [
      { right: "assets.read", on: { source: id, asset: await assetOf(id, "returns"), schema: null } },
    ]);
    expect(await namesIn(reader, id, "sales.")).toEqual(["returns"]);
  });

  test("shows each of many rows once, forwards and back", async () => {
    const { id, database } = await makeSource();
    await warehouse.run(
      `do $$ begin for n in 1..120 loop execute format('create table sales.t%s ()', n); end loop; end $$`,
      database,
    );
    must(await refresh(await edit(owner, id)));
    const sales = await assetOf(id, "sales");
    const read = (page: Awaited<ReturnType<typeof listAssets>>["next"]) =>
      listAssets(owner, { source: id, schema: sales }, { q: "", page });
    const first = await read(null);
    const second = await read(first.next);
    const third = await read(second.next);
    const seen = [first, second, third].flatMap(({ rows }) => rows.map(({ name }) => name));
    expect(seen).toHaveLength(122);
    expect(new Set(seen).size).toBe(122);
    expect([first.previous, third.next]).toEqual([null, null]);
    expect((await read(third.previous)).rows).toEqual(second.rows);
    expect((await read(second.previous)).rows).toEqual(first.rows);
  });
});

describe("changing and deleting", () => {
  test("gives a source another name and words, and writes down what it was", async () => {
    const { id } = await makeSource();
    const { id: other } = await makeSource();
    const details = { name: "Warehouse of sales", description: "What we sell", tags: ["gold", "daily"] };
    must(await changeSource(await edit(owner, id), details));
    must(await changeSource(await edit(owner, id), details));
    expect(await readSource(owner, id)).toMatchObject(details);
    expect(await eventsOf(id)).toEqual(["source.connected", "source.changed"]);
    expect(faultsOf(await changeSource(await edit(owner, other), { ...details, name: "WAREHOUSE of sales" }))).toEqual({
      name: expect.stringMatching(/exists already/),
    });
  });

  test("takes the source, its assets and the policies on them, says before whose, and touches no database", async () => {
    const { id, database } = await makeSource();
    const sales = await assetOf(id, "sales");
    const analyst = await makeMemberWith(owner, [
      { right: "assets.read", on: { source: id, asset: sales, schema: null } },
    ]);
    const manager = await makeMemberWith(owner, ["sources.delete"]);
    const policies = [`assets.read/${id}/${sales}`];
    const losing = [{ gives: [{ right: "assets.read", of: { kind: "schema", count: 1, names: ["sales"] } }] }];
    expect(await readLoss(owner, { source: id })).toMatchObject({ groups: 1, losing });
    expect(await readLoss(manager, { source: id })).toMatchObject({ groups: 1, losing: [] });
    must(await deleteSource(must(await grantOn(manager, "source.delete", { source: id }))));
    expect(await readSource(owner, id)).toBeNull();
    expect((await listSources(await currentActor(analyst.sessionId), all)).rows).toEqual([]);
    expect(await eventsOf(id)).toEqual(["source.connected", "source.deleted"]);
    const [lost, ...more] = await db().execute(sql`
      select before, after from audit_events e where e.action = 'group.policies_changed' and e.actor_id = ${manager.userId}`);
    expect([lost, more]).toEqual([{ before: { removed: policies }, after: null }, []]);
    await warehouse.run("select from sales.orders", database);
  });
});
