import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes } from "./bytes";
import type { AssetId, OrganizationId, SourceId } from "./ids";
import { organizations } from "./organizations";

/** A database that an organization has connected. Its URL rests encrypted; beside it only what people who manage it read. */
export const sources = pgTable(
  "sources",
  {
    id: uuid("id").$type<SourceId>().primaryKey().defaultRandom(),
    organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
    name: text("name").notNull(),
    kind: text("kind", { enum: ["postgresql"] }).notNull(),
    host: text("host").notNull(),
    port: integer("port").notNull(),
    database: text("database").notNull(),
    username: text("username").notNull(),
    /** The URL under a random data key, and that key under the secret with this fingerprint. */
    credential: bytes("credential").notNull(),
    dataKey: bytes("data_key").notNull(),
    keyFingerprint: text("key_fingerprint").notNull(),
    description: text("description").notNull().default(""),
    tags: text("tags").array().notNull().default(sql`'{}'::text[]`),
    /** While set, its assets show to nobody. */
    disabledAt: timestamp("disabled_at", { withTimezone: true }),
    /** When its catalogue was last read. */
    refreshedAt: timestamp("refreshed_at", { withTimezone: true }).notNull().defaultNow(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: "sources_organization_fkey",
      columns: [t.organizationId],
      foreignColumns: [organizations.id],
    }).onDelete("cascade"),
    unique("sources_organization_id_key").on(t.organizationId, t.id),
    uniqueIndex("sources_name_key").on(t.organizationId, sql`lower(${t.name})`),
    check("sources_name_length", sql`char_length(${t.name}) between 1 and 64`),
    check("sources_description_length", sql`char_length(${t.description}) <= 500`),
    check("sources_tags_count", sql`cardinality(${t.tags}) <= 20`),
    check("sources_kind_known", sql`${t.kind} = 'postgresql'`),
    check("sources_port", sql`${t.port} between 1 and 65535`),
  ],
);

export type Column = Readonly<{ name: string; type: string; nullable: boolean }>;

/**
 * A schema or a table of a source, as its catalogue had it when it was last read. One that the catalogue has no longer
 * stays, with its words and policies, and is itself again when it comes back under the same name.
 */
export const assets = pgTable(
  "assets",
  {
    id: uuid("id").$type<AssetId>().primaryKey().defaultRandom(),
    organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
    sourceId: uuid("source_id").$type<SourceId>().notNull(),
    kind: text("kind", { enum: ["schema", "table"] }).notNull(),
    /** The schema a table lies in. It never moves: under another schema it is another table. */
    schemaId: uuid("schema_id").$type<AssetId>(),
    name: text("name").notNull(),
    relation: text("relation", {
      enum: ["table", "view", "materialized view", "foreign table", "partitioned table"],
    }),
    columns: jsonb("columns").$type<Column[]>(),
    description: text("description").notNull().default(""),
    tags: text("tags").array().notNull().default(sql`'{}'::text[]`),
    missingSince: timestamp("missing_since", { withTimezone: true }),
  },
  (t) => [
    foreignKey({
      name: "assets_source_fkey",
      columns: [t.organizationId, t.sourceId],
      foreignColumns: [sources.organizationId, sources.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "assets_schema_fkey",
      columns: [t.organizationId, t.sourceId, t.schemaId],
      foreignColumns: [t.organizationId, t.sourceId, t.id],
    }).onDelete("cascade"),
    unique("assets_source_id_key").on(t.organizationId, t.sourceId, t.id),
    unique("assets_name_key").on(t.sourceId, t.schemaId, t.name).nullsNotDistinct(),
    index("assets_schema_index").on(t.schemaId),
    check("assets_name_length", sql`char_length(${t.name}) between 1 and 255`),
    check("assets_description_length", sql`char_length(${t.description}) <= 500`),
    check("assets_tags_count", sql`cardinality(${t.tags}) <= 20`),
    check("assets_kind_known", sql`${t.kind} in ('schema', 'table')`),
    check(
      "assets_relation_known",
      sql`${t.relation} in ('table', 'view', 'materialized view', 'foreign table', 'partitioned table')`,
    ),
    check(
      "assets_table_whole",
      sql`num_nonnulls(${t.schemaId}, ${t.relation}, ${t.columns}) = case ${t.kind} when 'table' then 3 else 0 end`,
    ),
  ],
);
