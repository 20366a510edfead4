import { type SQL, sql } from "drizzle-orm";
import { beforeAll, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import type { AssetId, DomainId, SourceId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { listDomainAssets, listDomains, readDomain } from "@/lib/domains/queries";
import { listAssets, listSources, readAsset, readSource } from "@/lib/sources/queries";
import { testDatabase } from "@/lib/testing/database";
import { currentActor, makeMember, makeMemberWith, makeOwner, whole } from "@/lib/testing/people";

// Lists and pages of 40 sources, 10,000 schemas and tables and 40 domains, filtered by the policies of 200 groups, beside
// bare queries of the same rows in the same run. Each may take five times as long as its bare query, or 20 milliseconds
// where that is more: what nobody notices on a page.
const most = 5;
const unnoticed = 20;
const rounds = Number(process.env.BENCH_ROUNDS ?? 25);

testDatabase();
let owner: Actor;
let people: Record<string, Actor>;
let source: SourceId;
let schema: AssetId;
let table: string;
let domain: DomainId;

const first = async (query: SQL): Promise<string> => (await db().execute<{ id: string }>(query))[0]?.id ?? "";

/** One large source with 6,000 tables in 10 schemas and 39 with 100 in 2; each domain gathers tables and schemas of all. */
const fill = async ({ organizationId }: Actor) => {
  await db().execute(sql`
    insert into sources (organization_id, name, kind, host, port, database, username, credential, data_key, key_fingerprint)
    select ${organizationId}, 'Source ' || n, 'postgresql', 'warehouse.example.org', 5432, 'warehouse', 'reader', '', '', ''
    from generate_series(1, 40) n`);
  await db().execute(sql`
    insert into assets (organization_id, source_id, kind, name)
    select organization_id, id, 'schema', 'schema ' || n from sources, generate_series(1, case name when 'Source 1' then 10 else 2 end) n`);
  await db().execute(sql`
    insert into assets (organization_id, source_id, kind, schema_id, name, relation, columns)
    select a.organization_id, a.source_id, 'table', a.id, 'table ' || n, 'table', '[]'
    from assets a join sources s on s.id = a.source_id, generate_series(1, case s.name when 'Source 1' then 600 else 50 end) n`);
  await db().execute(
    sql`insert into domains (organization_id, name) select ${organizationId}, 'Domain ' || n from generate_series(1, 40) n`,
  );
  await db().execute(sql`
    insert into domain_assets (organization_id, domain_id, source_id, asset_id)
    select d.organization_id, d.id, a.source_id, a.id from domains d
      join lateral (select * from assets where md5(d.id::text || id::text) < '02') a on true`);
};

/** A group for each of these, with a policy on what `rows` gives, and this member in all of them. */
const inGroups = async ({ organizationId, userId }: Actor, groups: number, rows: SQL) => {
  const name = `Group of ${userId} `;
  await db().execute(sql`
    with made as (
      insert into groups (organization_id, name) select ${organizationId}, ${name} || n from generate_series(0, ${groups - 1}::int) n
      returning id, name
    ), joined as (
      insert into group_members (organization_id, group_id, user_id) select ${organizationId}, id, ${userId} from made
    )
    insert into policies (organization_id, group_id, permission, operation, source_id, asset_id, domain_id)
    select ${organizationId}, made.id, r.permission, 'read', r.source_id, r.asset_id, r.domain_id
    from (select *, row_number() over () as n from (${rows}) r) r join made on made.name = ${name} || (r.n % ${groups})
    on conflict do nothing`);
};

const none = sql`null::uuid as`;
const onTables = (share: number) => sql`
  select 'assets' as permission, source_id, id as asset_id, ${none} domain_id from assets
  where kind = 'table' order by md5(id::text) limit ${share}`;

beforeAll(async () => {
  owner = await makeOwner();
  const [wide, thousand, many] = [
    await makeMemberWith(owner, [whole("sources.read"), whole("domains.read")]),
    await makeMember(owner),
    await makeMember(owner),
  ];
  const nothing = await makeMember(owner);
  await fill(owner);
  await inGroups(
    wide,
    1,
    sql`select 'assets' as permission, id as source_id, ${none} asset_id, ${none} domain_id from sources`,
  );
  const onDomains = sql`select 'domain' as permission, ${none} source_id, ${none} asset_id, id as domain_id from domains`;
  await inGroups(thousand, 9, sql`(${onTables(1000)}) union all ${onDomains}`);
  // Mixed: 1,900 tables, half of the schemas, a tenth of the sources as a whole, and every domain, spread over the groups.
  await inGroups(
    many,
    190,
    sql`
    (${onTables(1900)}) union all ${onDomains}
    union all select 'assets', source_id, id, null from assets where kind = 'schema' and md5(id::text) < '8'
    union all select 'assets', id, null, null from sources where name like '%7'`,
  );
  people = {
    owner,
    "wide policies": await currentActor(wide.sessionId),
    "1,000 tables": await currentActor(thousand.sessionId),
    "190 groups": await currentActor(many.sessionId),
    nothing: await currentActor(nothing.sessionId),
  };
  source = (await first(sql`select id from sources where name = 'Source 1'`)) as SourceId;
  schema = (await first(sql`select id from assets where source_id = ${source} and name = 'schema 1'`)) as AssetId;
  table = await first(sql`
    select a.id from assets a join policies p on p.asset_id = a.id where a.schema_id = ${schema} order by md5(a.id::text) limit 1`);
  domain = (await first(sql`select id from domains where name = 'Domain 1'`)) as DomainId;
  await db().execute(sql`vacuum analyze`);
}, 300_000);

const all = { q: "", page: null };
const searched = { q: "7", page: null };

/** A list or page, and the same rows asked for without a look at any policy. */
type Case = { run: (actor: Actor) => Promise<unknown>; bare: () => SQL };
const sourcesBare = (q: SQL) => sql`
  select s.id, s.name, s.description, s.tags, s.disabled_at, lower(s.name) as key from sources s
  where s.organization_id = ${owner.organizationId} and ${q} order by lower(s.name), s.id limit 51`;
const assetsBare = (where: SQL, order = sql`a.name`) => sql`
  select a.id, a.kind, a.name, schema.name as schema, a.relation, a.description, a.tags, a.missing_since, s.name
  from assets a left join assets schema on schema.id = a.schema_id join sources s on s.id = a.source_id
  where a.organization_id = ${owner.organizationId} and ${where} order by ${order}, a.id limit 51`;
const gathered = (kind: string) => sql`
  (select count(*)::int from assets a where a.kind = ${kind} and a.id in (
    select da.asset_id from domain_assets da where da.domain_id = d.id
    union select brought.id from domain_assets da
      join assets brought on brought.source_id = da.source_id and brought.schema_id = da.asset_id
      where da.domain_id = d.id))`;
const domainsBare = (where: SQL) => sql`
  select d.id, d.name, d.description, ${gathered("schema")} as schemas, ${gathered("table")} as tables from domains d
  where d.organization_id = ${owner.organizationId} and ${where} order by lower(d.name), d.id limit 51`;
const ofDomain = () => sql`select asset_id from domain_assets where domain_id = ${domain}`;
const byPlace = sql`a.kind, lower(s.name), concat(schema.name || '.', a.name)`;
const sees7 = (row: SQL) => sql`(${row}.name ilike '%7%' or ${row}.description ilike '%7%')`;

const cases: Record<string, Case> = {
  sources: { run: (actor) => listSources(actor, all), bare: () => sourcesBare(sql`true`) },
  "sources, searched": { run: (actor) => listSources(actor, searched), bare: () => sourcesBare(sees7(sql`s`)) },
  "one source": {
    run: (actor) => readSource(actor, source),
    bare: () => sql`
      select s.*, (select count(*) filter (where a.kind = 'schema') from assets a where a.source_id = s.id) as schemas,
        (select count(*) filter (where a.kind = 'table') from assets a where a.source_id = s.id) as tables
      from sources s where s.id = ${source}`,
  },
  "schemas of a source": {
    run: (actor) => listAssets(actor, { source, schema: null }, all),
    bare: () => assetsBare(sql`a.source_id = ${source} and a.kind = 'schema'`),
  },
  "tables of a schema": {
    run: (actor) => listAssets(actor, { source, schema }, all),
    bare: () => assetsBare(sql`a.source_id = ${source} and a.schema_id = ${schema}`),
  },
  "a source, searched": {
    run: (actor) => listAssets(actor, { source, schema: null }, searched),
    bare: () => assetsBare(sql`a.source_id = ${source} and ${sees7(sql`a`)}`),
  },
  "one table": {
    run: (actor) => readAsset(actor, source, table),
    bare: () => assetsBare(sql`a.id = ${table}`),
  },
  domains: { run: (actor) => listDomains(actor, all), bare: () => domainsBare(sql`true`) },
  "one domain": { run: (actor) => readDomain(actor, domain), bare: () => domainsBare(sql`d.id = ${domain}`) },
  "what a domain gathers": {
    run: (actor) => listDomainAssets(actor, domain, all),
    bare: () => assetsBare(sql`a.id in (${ofDomain()})`, byPlace),
  },
  "a domain, searched": {
    run: (actor) => listDomainAssets(actor, domain, searched),
    bare: () =>
      assetsBare(sql`(a.id in (${ofDomain()}) or a.schema_id in (${ofDomain()})) and ${sees7(sql`a`)}`, byPlace),
  },
};

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
const timed = async (run: () => Promise<unknown>) => {
  const started = performance.now();
  await run();
  return performance.now() - started;
};

type Plan = { "Parent Relationship"?: string; "Relation Name"?: string; "Actual Loops": number; Plans?: Plan[] };
const readsTable = (plan: Plan): boolean => "Relation Name" in plan || (plan.Plans ?? []).some(readsTable);
/** How often that part of a statement runs that reads tables of its own and runs most often: once, unless asked for each row. */
const mostLoops = (plan: Plan): number => {
  const own = plan["Parent Relationship"] === "SubPlan" && readsTable(plan) ? plan["Actual Loops"] : 0;
  return Math.max(own, ...(plan.Plans ?? []).map(mostLoops));
};

test.each(Object.entries(cases))("%s", { timeout: 300_000 }, async (name, { run, bare }) => {
  const took: Record<string, number[]> = { bare: [] };
  for (const who of Object.keys(people)) took[who] = [];
  for (let round = -5; round < rounds; round++) {
    const times = { bare: await timed(() => db().execute(bare())) } as Record<string, number>;
    for (const [who, actor] of Object.entries(people)) times[who] = await timed(() => run(actor));
    if (round >= 0) for (const [who, time] of Object.entries(times)) took[who]?.push(time);
  }
  const raw = median(took.bare ?? []);
  const figures = Object.keys(people).map(
    (who) => `${who} ${median(took[who] ?? []).toFixed(1)} (${(median(took[who] ?? []) / raw).toFixed(1)}×)`,
  );
  console.log(`${name}`.padEnd(24), `bare ${raw.toFixed(1)} ms `, figures.join("  "));

  const asked = vi.spyOn(db(), "execute");
  for (const actor of Object.values(people)) {
    asked.mockClear();
    await run(actor);
    expect(asked).toHaveBeenCalledTimes(1);
    const statement = asked.mock.calls[0]?.[0];
    const [row] = await db().execute<{ "QUERY PLAN": [{ Plan: Plan }] }>(
      sql`explain (analyze, timing off, format json) ${statement}`,
    );
    // A list of domains counts what each of its 51 rows gathers; nothing else is asked for each row.
    expect(mostLoops(row?.["QUERY PLAN"][0].Plan ?? { "Actual Loops": 0 })).toBeLessThanOrEqual(51);
  }
  asked.mockRestore();
  for (const who of Object.keys(people))
    expect(median(took[who] ?? []), who).toBeLessThanOrEqual(Math.max(most * raw, unnoticed));
});
