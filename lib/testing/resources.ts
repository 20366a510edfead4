import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { domains, sources } from "@/db/schema";
import type { AssetId, DomainId, SourceId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";

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
