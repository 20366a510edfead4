import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { OrganizationId, SourceId } from "@/db/schema/ids";
import type { Catalogue } from "./visit";

/** What reading a catalogue brought: how much there is, how much of it is new, how much is back, and how much is gone. */
export type Harvest = Readonly<{ schemas: number; tables: number; added: number; back: number; gone: number }>;

/** Rows of one statement: with their columns some 2 MB. */
const AT_ONCE = 1000;

/**
 * Brings the assets of a source in line with its catalogue. One that is known by its name keeps its id, words and
 * policies; one that the catalogue has no longer is marked missing and stays.
 */
export const storeCatalogue = async (
  tx: Tx,
  organizationId: OrganizationId,
  sourceId: SourceId,
  catalogue: Catalogue,
  now: Date,
): Promise<Harvest> => {
  const schemas = [...catalogue.keys()];
  const tables = [...catalogue].flatMap(([schema, relations]) =>
    relations.map((relation) => ({ schema, ...relation })),
  );
  const missingBefore = await countMissing(tx, sourceId);
  let added = await put(
    tx,
    sql`
    insert into assets (organization_id, source_id, kind, name)
    select ${organizationId}, ${sourceId}, 'schema', name from jsonb_array_elements_text(${JSON.stringify(schemas)}::jsonb) name
    on conflict on constraint assets_name_key do update set missing_since = null where assets.missing_since is not null`,
  );
  for (let at = 0; at < tables.length; at += AT_ONCE) {
    added += await put(
      tx,
      sql`
      insert into assets (organization_id, source_id, kind, schema_id, name, relation, columns)
      select ${organizationId}, ${sourceId}, 'table', s.id, t.name, t.relation, t.columns
      from jsonb_to_recordset(${JSON.stringify(tables.slice(at, at + AT_ONCE))}::jsonb)
          as t(schema text, name text, relation text, columns jsonb)
        join assets s on s.source_id = ${sourceId} and s.schema_id is null and s.name = t.schema
      on conflict on constraint assets_name_key do update
        set relation = excluded.relation, columns = excluded.columns, missing_since = null
        where assets.missing_since is not null
          or (assets.relation, assets.columns) is distinct from (excluded.relation, excluded.columns)`,
    );
  }
  const gone = await tx.execute(sql`
    with found as materialized (
      select s.id as schema_id, t.name from jsonb_to_recordset(${JSON.stringify(tables.map(({ schema, name }) => ({ schema, name })))}::jsonb)
          as t(schema text, name text)
        join assets s on s.source_id = ${sourceId} and s.schema_id is null and s.name = t.schema)
    update assets a set missing_since = ${now.toISOString()}
    where a.source_id = ${sourceId} and a.missing_since is null and case a.kind
      when 'schema' then not ${JSON.stringify(schemas)}::jsonb ? a.name
      else (a.schema_id, a.name) not in (select schema_id, name from found) end
    returning 1`);
  const back = missingBefore + gone.length - (await countMissing(tx, sourceId));
  return { schemas: schemas.length, tables: tables.length, added, back, gone: gone.length };
};

const countMissing = async (tx: Tx, sourceId: SourceId): Promise<number> => {
  const [row] = await tx.execute<{ missing: number }>(sql`
    select count(*)::int as missing from assets where source_id = ${sourceId} and missing_since is not null`);
  return row?.missing ?? 0;
};

/** How many rows of such an insert are new. */
const put = async (tx: Tx, insert: SQL): Promise<number> => {
  const rows = await tx.execute<{ fresh: boolean }>(sql`${insert} returning xmax = 0 as fresh`);
  return rows.filter(({ fresh }) => fresh).length;
};
