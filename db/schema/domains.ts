import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { AssetId, DomainId, OrganizationId, SourceId } from "./ids";
import { organizations } from "./organizations";
import { assets } from "./sources";

/** A named area of the business that gathers assets from sources. */
export const domains = pgTable(
  "domains",
  {
    id: uuid("id").$type<DomainId>().primaryKey().defaultRandom(),
    organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: "domains_organization_fkey",
      columns: [t.organizationId],
      foreignColumns: [organizations.id],
    }).onDelete("cascade"),
    unique("domains_organization_id_key").on(t.organizationId, t.id),
    uniqueIndex("domains_name_key").on(t.organizationId, sql`lower(${t.name})`),
    check("domains_name_length", sql`char_length(${t.name}) between 1 and 64`),
    check("domains_description_length", sql`char_length(${t.description}) <= 500`),
  ],
);

/** What a domain gathers: tables, and schemas, which bring their tables along. It lets nobody see what they otherwise don't. */
export const domainAssets = pgTable(
  "domain_assets",
  {
    organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
    domainId: uuid("domain_id").$type<DomainId>().notNull(),
    sourceId: uuid("source_id").$type<SourceId>().notNull(),
    assetId: uuid("asset_id").$type<AssetId>().notNull(),
  },
  (t) => [
    primaryKey({ name: "domain_assets_pkey", columns: [t.domainId, t.assetId] }),
    foreignKey({
      name: "domain_assets_domain_fkey",
      columns: [t.organizationId, t.domainId],
      foreignColumns: [domains.organizationId, domains.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "domain_assets_asset_fkey",
      columns: [t.organizationId, t.sourceId, t.assetId],
      foreignColumns: [assets.organizationId, assets.sourceId, assets.id],
    }).onDelete("cascade"),
    index("domain_assets_asset_index").on(t.sourceId, t.assetId),
  ],
);
