import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { domains, sources } from "@/db/schema";
import type { AssetId, DomainId, GroupId, SourceId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { isOf, rights, scopedRights } from "@/lib/access/catalogue";
import { asRows } from "@/lib/access/named";
import type { Policy } from "@/lib/access/policy";

export type MadeTable = { id: AssetId; name: string };
export type MadeSchema = { id: AssetId; name: string; tables: MadeTable[] };
export type MadeSource = { id: SourceId; name: string; schemas: MadeSchema[] };

let count = 0;

/** A source with these schemas and tables, as rows: behind it lies no database, so it can be seen and not refreshed. */
export const makeSource = async (
  { organizationId }: Actor,
  catalogue: Readonly<Record<string, readonly string[]>> = { sales: ["orders", "customers"], people: ["salaries"] },
  name = `Source ${++count}`,
): Promise<MadeSource> => {
  const id = randomUUID() as SourceId;
  const nothing = new Uint8Array();
  await db()
    .insert(sources)
    .values({
      ...{ id, organizationId, name, kind: "postgresql", host: "warehouse.example.org", port: 5432 },
      ...{ database: "warehouse", username: "reader", credential: nothing, dataKey: nothing, keyFingerprint: "" },
    });
  const schemas = Object.entries(catalogue).map(([schema, tables]) => ({
    id: randomUUID() as AssetId,
    name: schema,
    tables: tables.map((table) => ({ id: randomUUID() as AssetId, name: table })),
  }));
  await db().execute(sql`
    insert into assets (id, organization_id, source_id, kind, name)
    select a.id, ${organizationId}, ${id}, 'schema', a.name
    from jsonb_to_recordset(${JSON.stringify(schemas)}::jsonb) as a(id uuid, name text)`);
  const tables = schemas.flatMap((schema) => schema.tables.map((table) => ({ ...table, schema: schema.id })));
  await db().execute(sql`
    insert into assets (id, organization_id, source_id, kind, schema_id, name, relation, columns)
    select a.id, ${organizationId}, ${id}, 'table', a.schema, a.name, 'table', '[{"name":"id","type":"bigint","nullable":false}]'
    from jsonb_to_recordset(${JSON.stringify(tables)}::jsonb) as a(id uuid, name text, schema uuid)`);
  return { id, name, schemas };
};

/** A domain that gathers nothing yet. */
export const makeDomain = async ({ organizationId }: Actor, name = `Domain ${++count}`): Promise<DomainId> => {
  const id = randomUUID() as DomainId;
  await db().insert(domains).values({ id, organizationId, name });
  return id;
};

/** Every policy there could be on these resources, and every one on the whole organization. */
export const everyPolicy = (sources: readonly MadeSource[], domains: readonly DomainId[]): Policy[] => [
  ...rights.map((right) => ({ right, on: null })),
  ...scopedRights.flatMap((right): Policy[] => {
    if (isOf(right, "domain")) return domains.map((domain) => ({ right, on: { domain } }));
    if (isOf(right, "source")) return sources.map(({ id }) => ({ right, on: { source: id } }));
    return sources.flatMap(({ id: source, schemas }) => [
      { right, on: { source, asset: null, schema: null } },
      ...schemas.flatMap((schema): Policy[] => [
        { right, on: { source, asset: schema.id, schema: null } },
        ...schema.tables.map((table) => ({ right, on: { source, asset: table.id, schema: schema.id } })),
      ]),
    ]);
  }),
];

/** Makes these the policies of a group, as rows: whether somebody may is not asked. */
export const allow = async ({ organizationId }: Actor, group: GroupId, policies: readonly Policy[]): Promise<void> => {
  await db().execute(sql`delete from policies where group_id = ${group}`);
  await db().execute(sql`
    insert into policies (organization_id, group_id, permission, operation, source_id, asset_id, domain_id)
    select ${organizationId}, ${group}, w.permission, w.operation, w."sourceId", w."assetId", w."domainId"
    from ${asRows(policies)}`);
};
