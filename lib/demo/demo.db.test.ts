import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { closeDatabase, connect, db, openDatabase } from "@/db/client";
import type { Embedded } from "@/db/embedded";
import { auditEvents, organizations } from "@/db/schema";
import { peopleOf } from "@/db/schema/audit";
import type { Actor } from "@/lib/access/actor";
import { readReach } from "@/lib/access/holding";
import { seesAsset } from "@/lib/access/visible";
import { type AuditEvent, hashOf } from "@/lib/audit/events";
import { attempt } from "@/lib/auth/attempt";
import { enter } from "@/lib/auth/enter";
import { countViews } from "@/lib/directory/queries";
import { listDomains } from "@/lib/domains/queries";
import { stateSql } from "@/lib/invitations/queries";
import { refresh } from "@/lib/sources/connect";
import { unseal } from "@/lib/sources/credential";
import { listSources } from "@/lib/sources/queries";
import { actorOf, granted, must } from "@/lib/testing/people";
import { dataFolder, freePort } from "@/lib/testing/server";
import { openDemo, startSources } from ".";
import { byOn } from "./acting";
import { administrator, engineer, organizationName, owner, password } from "./people";

// The demo is really filled: from sources that are visited to mail that is sent.
const data = dataFolder();
const own = { ...inject("cluster"), database: "postgres", stop: async () => {} };
const past = connect(own, 1);
let sources: Embedded;

beforeAll(async () => {
  sources = await startSources(data.folder, await freePort(), { throwAway: true });
  // As one that was killed has left it.
  await past`create database demo_draft`;
  openDatabase(await openDemo(own, sources));
}, 120_000);
afterAll(async () => {
  await closeDatabase();
  await past`drop database if exists demo with (force)`;
  await past.end();
  await sources.stop();
  data.forget();
});

const signedIn = async (email: string): Promise<Actor> => {
  const shown = must(await attempt({ email, password, address: "", device: null }));
  return actorOf(must(await enter(shown)));
};
const firstPage = { q: "", page: null };
const texts = async (query: ReturnType<typeof sql>) =>
  (await db().execute<{ text: string }>(query)).map(({ text }) => text);

// First, as it was filled: the tests after these sign in and read sources again.
describe("the audit", () => {
  const apart = (one: string, other: string) => sql.raw(`abs(extract(epoch from ${one} - ${other})) > 60`);

  test("tells of every invitation that it was sent and ended when it was, and of nothing before", async () =>
    expect(
      await texts(sql`
        select concat(i.email, ' ', e.action, ' ', e.occurred_at) as text
        from invitations i left join audit_events e on e.target_type = 'invitation' and e.target_id = i.id,
          lateral (select case e.action when 'invitation.created' then i.created_at when 'invitation.accepted' then i.accepted_at
            when 'invitation.declined' then i.declined_at when 'invitation.revoked' then i.revoked_at end as at) told
        where told.at is null or ${apart("e.occurred_at", "told.at")} or e.occurred_at < i.created_at
          or e.occurred_at > i.expires_at or (e.after ->> 'expiresAt')::timestamptz <> i.expires_at
        union all select concat(i.email, ' ', count(e.id), ' events') from invitations i
          left join audit_events e on e.target_type = 'invitation' and e.target_id = i.id
        group by i.id having count(e.id) <> 1 + num_nonnulls(i.accepted_at, i.declined_at, i.revoked_at)`),
    ).toEqual([]));

  test("tells of every member that they joined when they did, of nothing they did or met before, and of nothing they did after they were last active", async () =>
    expect(
      await texts(sql`
        select concat(m.email, ' ', e.action, ' ', e.occurred_at) as text
        from memberships m left join audit_events joined on joined.action = 'membership.created' and joined.target_id = m.user_id
          left join audit_events e on e.actor_id = m.user_id or e.target_id = m.user_id
            or e.target_type = 'group' and ${peopleOf({ before: sql`e.before`, after: sql`e.after` })} ? m.user_id::text
        where e.id is null or joined.id is null or ${apart("joined.occurred_at", "m.joined_at")}
          or e.occurred_at < joined.occurred_at
          or e.actor_id = m.user_id and e.occurred_at > m.last_active_at + interval '1 minute'`),
    ).toEqual([]));

  test.each([
    ["a deactivation", "membership.deactivated", sql`select user_id, deactivated_at from memberships`],
    ["a request for access", "membership.access_requested", sql`select user_id, created_at from access_requests`],
    ["a new group", "group.created", sql`select id, created_at from groups`],
    ["a new domain", "domain.created", sql`select id, created_at from domains`],
    ["a new source", "source.connected", sql`select id, created_at from sources`],
    ["a source that was read again", "source.refreshed", sql`select id, refreshed_at from sources`],
    ["the organization", "organization.created", sql`select id, created_at from organizations`],
    ["an account", "user.created", sql`select id, created_at from users`],
  ])("tells of %s when it happened", async (_, action, facts) =>
    expect(
      await texts(sql`
        select concat(e.action, ' ', e.occurred_at, ' instead of ', fact.at) as text
        from (${facts}) fact (id, at) full join (select * from audit_events where action = ${action}) e on e.target_id = fact.id
        where fact.at is not null and e.id is null or e.id is not null and fact.at is null or ${apart("e.occurred_at", "fact.at")}`),
    ).toEqual([]),
  );

  test("is a whole chain in which time never goes backwards", async () => {
    const chain = await db().select().from(auditEvents).where(sql`sequence is not null`).orderBy(auditEvents.sequence);
    let [hash, at]: [Uint8Array, Date] = [new Uint8Array(), new Date(0)];
    for (const [index, row] of chain.entries()) {
      const { organizationId, sequence, occurredAt, actorId, action, before, after } = row;
      expect(sequence).toBe(index + 1);
      expect(occurredAt.getTime()).toBeGreaterThanOrEqual(at.getTime());
      const target = { type: row.targetType, id: row.targetId };
      const event = { action, target, before: before ?? undefined, after: after ?? undefined } as AuditEvent;
      hash = hashOf(hash, {
        ...event,
        organizationId: organizationId as never,
        sequence: index + 1,
        occurredAt,
        actorId,
      });
      expect(Buffer.from(row.hash ?? []).toString("hex")).toBe(Buffer.from(hash).toString("hex"));
      at = occurredAt;
    }
    const [head] = await db().select().from(organizations);
    expect(chain.length).toBeGreaterThan(100);
    expect(head?.auditSequence).toBe(chain.length);
    expect(Buffer.from(head?.auditHash ?? []).toString("hex")).toBe(Buffer.from(hash).toString("hex"));
  });

  test("can't be changed any more", async () => {
    for (const statement of [sql`update audit_events set actor_id = null`, sql`delete from audit_events`])
      await expect(db().execute(statement)).rejects.toMatchObject({
        cause: { constraint_name: "audit_events_append_only" },
      });
  });
});

test("no mail brings news before it is news, and each was tried between when it was written and when it was sent", async () =>
  expect(
    await texts(sql`
      select concat(o.kind, ' ', o.to_email, ' ', o.created_at) as text from outbox o
        left join jsonb_to_recordset(o.payload -> 'news') as n(email text) on true left join invitations i on i.email = n.email
        left join audit_events e on e.action = 'membership.created' and o.kind = 'made-owner' and e.target_id =
          (select id from users where email = o.to_email)
        left join outbox_attempts a on a.outbox_id = o.id
      where o.created_at + interval '1 minute' < coalesce(i.accepted_at, i.declined_at, e.occurred_at)
        or a.started_at is distinct from o.last_attempt_at or o.first_attempt_at is distinct from o.last_attempt_at
        or o.last_attempt_at < o.created_at or o.settled_at < o.last_attempt_at
        or o.settled_at > o.created_at + interval '1 hour'`),
  ).toEqual([]));

describe("the organization", () => {
  test("has people, invitations in every state, and somebody who was deactivated", async () => {
    const amara = await signedIn(owner.email);
    expect(amara).toMatchObject({ organizationName, owner: true });
    expect(await countViews(granted(amara, "access.read"))).toEqual({
      all: 22,
      active: 15,
      pending: 6,
      inactive: 1,
      history: 17,
    });
    expect(
      await db().execute(
        sql`select ${stateSql} as state, count(*)::int as count from invitations i group by 1 order by 1`,
      ),
    ).toEqual([
      { state: "accepted", count: 15 },
      { state: "declined", count: 1 },
      { state: "expired", count: 2 },
      { state: "pending", count: 4 },
      { state: "revoked", count: 1 },
    ]);
  });

  test("has sent every mail before it was answered, and every mail names the day the invitation ends", async () => {
    expect(await texts(sql`select distinct state as text from outbox`)).toEqual(["sent"]);
    const [row] = await db().execute<{ mails: number; wrong: number }>(sql`
      select count(*)::int as mails, count(*) filter (where abs(extract(epoch from
        (o.payload ->> 'expiresAt')::timestamptz - i.expires_at)) > 60 or o.settled_at > coalesce(i.accepted_at, now()))::int as wrong
      from outbox o join invitations i on i.id = o.invitation_id`);
    expect(row).toEqual({ mails: 23, wrong: 0 });
  });

  test("has nobody but made-up people", async () => {
    const addresses = await texts(sql`select email as text from users union select email from invitations`);
    expect(addresses.filter((address) => !/@example\.(com|org)$/.test(address))).toEqual([]);
  });

  test("has two sources that were read and can be read again", async () => {
    const amara = await signedIn(owner.email);
    const { rows } = await listSources(amara, firstPage);
    expect(rows.map(({ name }) => name)).toEqual(["CRM", "Warehouse"]);
    expect(
      await texts(sql`
      select concat(s.name, ' ', a.kind, ' ', count(*)) as text from assets a join sources s on s.id = a.source_id
      where a.missing_since is null group by s.name, a.kind order by 1`),
    ).toEqual(["CRM schema 3", "CRM table 9", "Warehouse schema 4", "Warehouse table 18"]);
    for (const { id } of rows) {
      const harvest = must(await refresh(await byOn(amara, "source.edit", { source: id })));
      expect(harvest).toMatchObject({ added: 0, gone: 0 });
    }
  });

  test("has one request for access that waits", async () =>
    expect(
      await texts(sql`select m.email as text from access_requests r join memberships m using (organization_id, user_id)
        where r.decided_at is null`),
    ).toEqual(["daniel.kim@example.com"]));

  test("has two domains", async () => {
    const { rows } = await listDomains(await signedIn(owner.email), firstPage);
    expect(rows.map(({ name }) => name)).toEqual(["Customers", "Revenue"]);
  });
});

describe("who sees what", () => {
  const assetsOf = (actor: Actor) =>
    texts(sql`
      select concat(s.name, ': ', lies_in.name || '.', a.name) as text
      from assets a join sources s on s.id = a.source_id left join assets lies_in on lies_in.id = a.schema_id
      where ${seesAsset(actor)} order by 1`);

  test("an analyst sees three schemas with their tables, and both domains", async () => {
    const priya = await signedIn("priya.raman@example.com");
    expect(await assetsOf(priya)).toEqual(
      [
        ["CRM: pipeline", "activities", "deals", "forecast", "stages"],
        ["Warehouse: marketing", "campaign_results", "campaigns", "newsletter_signups", "web_sessions"],
        ["Warehouse: sales", "customers", "daily_revenue", "order_items", "orders", "products", "revenue_by_category"],
      ].flatMap(([schema, ...tables]) => [schema, ...tables.map((table) => `${schema}.${table}`)]),
    );
    expect((await listDomains(priya, firstPage)).rows.map(({ name }) => name)).toEqual(["Customers", "Revenue"]);
    expect(priya.rights.size).toBe(0);
  });

  test("whoever is in no group sees nothing", async () => {
    const sofia = await signedIn("sofia.rossi@example.com");
    expect(await assetsOf(sofia)).toEqual([]);
    expect((await listSources(sofia, firstPage)).rows).toEqual([]);
  });

  test("an engineer may describe everything, in both sources", async () => {
    const mei = await signedIn(engineer);
    expect(await assetsOf(mei)).toHaveLength(34);
  });

  test("the administrator may hand out what analysts have, and not what engineers and owners have", async () => {
    const jonas = await signedIn(administrator);
    const groups = await db().execute<{ id: never; name: string }>(sql`select id, name from groups order by name`);
    const reach = await readReach(
      jonas,
      groups.map(({ id }) => id),
    );
    expect(groups.filter(({ id }) => reach.has(id)).map(({ name }) => name)).toEqual(["Administrator", "Data Analyst"]);
  });

  test("who was deactivated can't sign in", async () => {
    const shown = must(await attempt({ email: "henrik.vogel@example.com", password, address: "", device: null }));
    expect(await enter(shown)).toMatchObject({
      ok: false,
      refusal: { code: "inactive", organization: organizationName },
    });
  });
});

describe("the user that reads the sources", () => {
  const asReader = async <T>(run: (reader: postgres.Sql) => Promise<T>, database?: string): Promise<T> => {
    const [row] = await db().execute<{
      id: never;
      org: never;
      credential: Buffer;
      data_key: Buffer;
      key_fingerprint: string;
    }>(sql`
      select id, organization_id as org, credential, data_key, key_fingerprint from sources where name = 'Warehouse'`);
    if (!row) throw new Error("There is no warehouse");
    const sealed = { credential: row.credential, dataKey: row.data_key, keyFingerprint: row.key_fingerprint };
    const url = unseal(sealed, { organizationId: row.org, sourceId: row.id });
    const reader = postgres((url ?? "").replace("?sslmode=prefer", ""), {
      max: 1,
      onnotice: () => {},
      ...(database ? { database } : {}),
    });
    return run(reader).finally(() => reader.end());
  };

  test("reads rows", async () => {
    const [row] = await asReader((reader) => reader`select count(*)::int as orders from sales.orders`);
    expect(row).toEqual({ orders: 500 });
  });

  test.each([
    "insert into marketing.campaigns (name, channel, starts_on, budget) values ('x', 'x', now(), 1)",
    "update sales.products set price = 0",
    "delete from finance.payroll",
    "truncate sales.orders cascade",
    "create table sales.mine (id int)",
    "create schema mine",
    "create temporary table mine (id int)",
    "drop view sales.daily_revenue",
    "set role gatehouse",
    "copy sales.orders to program 'true'",
  ])("can't %s", (statement) =>
    expect(
      asReader((reader) => reader.unsafe(`set default_transaction_read_only = off; commit; ${statement}`)),
    ).rejects.toThrow(/permission denied|must be owner/),
  );

  test.each(["postgres", "template1", "demo"])("can't come into the database %s", (database) =>
    expect(asReader((reader) => reader`select 1`, database)).rejects.toThrow(/no pg_hba.conf entry/),
  );

  test("finds none of Gatehouse's own tables, for they are on another server", async () => {
    const there = connect(sources, 1);
    const names = (await there<{ name: string }[]>`select datname as name from pg_database order by 1`).map(
      ({ name }) => name,
    );
    await there.end();
    expect(names).toEqual(["crm", "postgres", "template0", "template1", "warehouse"]);
    expect(
      await asReader((reader) => reader`select from pg_class where relname in ('users', 'invitations', 'sources')`),
    ).toHaveLength(0);
  });

  test("is the only one who comes in over the network", () => {
    const stranger = postgres({
      host: "127.0.0.1",
      port: sources.port,
      user: "gatehouse",
      database: "warehouse",
      max: 1,
    });
    return expect(stranger`select 1`.finally(() => stranger.end())).rejects.toThrow(/no pg_hba.conf entry/);
  });
});

test("started again it changes nothing", async () => {
  const state = () =>
    texts(
      sql`select concat(count(*), ' ', max(sequence), ' ', (select sum(sends) from invitations)) as text from audit_events`,
    );
  const [before, roles] = [await state(), await rolesOf(sources)];
  await openDemo(own, sources);
  expect(await state()).toEqual(before);
  expect(await rolesOf(sources)).toEqual(roles);
});

test("no draft is left", async () =>
  expect(await past`select datname from pg_database where datname ~ 'demo'`).toEqual([{ datname: "demo" }]));

const rolesOf = async (server: Embedded) => {
  const there = connect(server, 1);
  return there`select rolname, rolpassword from pg_authid order by 1`.finally(() => there.end());
};
