import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { AssetId, SourceId } from "@/db/schema/ids";
import type { Column } from "@/db/schema/sources";
import type { Actor } from "@/lib/access/actor";
import { grantOn } from "@/lib/access/grant";
import { isId } from "@/lib/access/policy";
import { holdsOnAsset, holdsOnSource, seesAsset, seesDomain, seesSource } from "@/lib/access/visible";
import { type Page, type Paging, readPage } from "@/lib/paging";
import { containing } from "@/lib/search";

// Reads for whoever may see a thing at all: each filters by the actor's policies in its one statement, and what doesn't
// show is as if it did not exist.

/** So many rows fill two screens. */
export const pageSize = 50;

export type SourceRow = Readonly<{
  id: SourceId;
  name: string;
  description: string;
  tags: string[];
  enabled: boolean;
}>;

const sourceColumns = sql`s.id, s.name, s.description, s.tags, s.disabled_at is null as enabled`;

/** The sources that show to the actor, by name. */
export const listSources = (actor: Actor, paging: Paging): Promise<Page<SourceRow>> =>
  readPage(paging, { key: sql`lower(s.name)`, id: sql`s.id`, size: pageSize }, ({ rest, tail }) =>
    db().execute<SourceRow & { key: string }>(sql`
      select ${sourceColumns}, lower(s.name) as key from sources s
      where ${seesSource(actor)} and ${matches(paging, sql`s`)} and ${rest} ${tail}`),
  );

/** Whether the organization has no source at all; only whoever sees them all is told. */
export const hasNoSource = async (actor: Actor): Promise<boolean> =>
  actor.rights.has("sources.read") && (await listSources(actor, { q: "", page: null })).rows.length === 0;

/** What is searched for stands in a name, a description or a tag. */
const matches = ({ q }: Paging, row: SQL, name = sql`${row}.name`): SQL =>
  q === ""
    ? sql`true`
    : sql`(lower(${name}) like ${containing(q)} or lower(${row}.description) like ${containing(q)}
        or exists (select from unnest(${row}.tags) tag where lower(tag) like ${containing(q)}))`;

export type Source = SourceRow &
  Readonly<{
    schemas: number;
    tables: number;
    mayEdit: boolean;
    mayDelete: boolean;
    /** Where it is and when it was read, for whoever may change it. */
    connection: { host: string; port: number; database: string; username: string; refreshedAt: Date } | null;
  }>;

type Stored = { host: string; port: number; database: string; username: string; refreshed_at: string };

/** One source with how much of it shows to the actor; null for an id that names none which shows. */
export const readSource = async (actor: Actor, id: string): Promise<Source | null> => {
  if (!isId(id)) return null;
  const [row] = await db().execute<
    SourceRow & Stored & Pick<Source, "schemas" | "tables" | "mayEdit" | "mayDelete">
  >(sql`
    select ${sourceColumns}, s.host, s.port, s.database, s.username, s.refreshed_at, assets.schemas, assets.tables,
      ${holdsOnSource(actor, "source.edit")} as "mayEdit", ${holdsOnSource(actor, "source.delete")} as "mayDelete"
    from sources s cross join lateral (
      select count(*) filter (where a.kind = 'schema')::int as schemas, count(*) filter (where a.kind = 'table')::int as tables
      from assets a where a.source_id = s.id and ${seesAsset(actor)}) assets
    where s.id = ${id} and ${seesSource(actor)}`);
  if (!row) return null;
  const { host, port, database, username, refreshed_at, ...shown } = row;
  const connection = { host, port, database, username, refreshedAt: new Date(refreshed_at) };
  return { ...shown, connection: row.mayEdit ? connection : null };
};

/** Whether everything in a source shows to the actor, whatever it comes to hold. */
export const seesAllOf = async (actor: Actor, source: SourceId): Promise<boolean> =>
  actor.owner || (await grantOn(actor, "assets.read", { source, asset: null })).ok;

export type AssetRow = Readonly<{
  id: AssetId;
  kind: "schema" | "table";
  name: string;
  /** The schema a table lies in. */
  schema: string | null;
  relation: string | null;
  description: string;
  tags: string[];
  /** Whether the database no longer has it. */
  missing: boolean;
}>;

/** What an `AssetRow` is read from, beside `withSchema`. */
export const assetColumns = sql`a.id, a.kind, a.name, schema.name as schema, a.relation, a.description, a.tags,
  a.missing_since is not null as missing`;
export const withSchema = sql`assets a left join assets schema on schema.id = a.schema_id`;

/** A table's name as people write it: `sales.orders`. Its schema alone is no match: that would bring all its tables. */
const wholeName = ({ q }: Paging): SQL => (q.includes(".") ? sql`concat(schema.name || '.', a.name)` : sql`a.name`);

/**
 * The assets of a source that show to the actor, by name: its schemas; the tables of one `schema`; or, when something is
 * searched for without one, whatever fits, `sales.orders` too.
 */
export const listAssets = (
  actor: Actor,
  { source, schema }: { source: SourceId; schema: AssetId | null },
  paging: Paging,
): Promise<Page<AssetRow>> => {
  const among = schema ? sql`a.schema_id = ${schema}` : paging.q ? sql`true` : sql`a.kind = 'schema'`;
  const fits = matches(paging, sql`a`, wholeName(paging));
  return readPage(paging, { key: sql`a.name`, id: sql`a.id`, size: pageSize }, ({ rest, tail }) =>
    db().execute<AssetRow & { key: string }>(sql`
      select ${assetColumns}, a.name as key from ${withSchema}
      where a.source_id = ${source} and ${among} and ${seesAsset(actor)} and ${fits} and ${rest} ${tail}`),
  );
};

export type Asset = AssetRow &
  Readonly<{
    source: SourceId;
    sourceName: string;
    schemaId: AssetId | null;
    columns: Column[] | null;
    mayEdit: boolean;
    /** How many tables of a schema show to the actor. */
    tables: number;
  }>;

/** One schema or table of a source; null for an id that names none which shows to the actor. */
export const readAsset = async (actor: Actor, source: string, id: string): Promise<Asset | null> => {
  if (!isId(source) || !isId(id)) return null;
  const [row] = await db().execute<Asset>(sql`
    select ${assetColumns}, a.source_id as source, s.name as "sourceName", a.schema_id as "schemaId", a.columns,
      ${holdsOnAsset(actor, "assets.edit")} as "mayEdit", inside.tables
    from ${withSchema} join sources s on s.id = a.source_id
      cross join lateral (select count(*)::int as tables from assets a
        where a.source_id = ${source} and a.schema_id = ${id} and ${seesAsset(actor)}) inside
    where a.source_id = ${source} and a.id = ${id} and ${seesAsset(actor)}`);
  return row ?? null;
};

/** Domains that gather something of a source, and the names of those that the actor may see anyway. */
export type Gathering = Readonly<{ domains: number; domainNames: string[] }>;

/** Which domains lose something when a source is deleted. */
export const readGathering = async (actor: Actor, source: SourceId): Promise<Gathering> => {
  const names = sql`array_agg(d.name order by lower(d.name)) filter (where ${seesDomain(actor)})`;
  const [row] = await db().execute<Gathering>(sql`
    select count(*)::int as domains, coalesce(${names}, '{}') as "domainNames" from domains d
    where d.organization_id = ${actor.organizationId}
      and exists (select from domain_assets da where da.domain_id = d.id and da.source_id = ${source})`);
  return row ?? { domains: 0, domainNames: [] };
};
