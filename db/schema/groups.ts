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
import { domains } from "./domains";
import type { AssetId, DomainId, GroupId, OrganizationId, PolicyId, SourceId, UserId } from "./ids";
import { memberships, organizations } from "./organizations";
import { assets, sources } from "./sources";

export const groups = pgTable(
  "groups",
  {
    id: uuid("id").$type<GroupId>().primaryKey().defaultRandom(),
    organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    /** `owners` for the one group that every organization has and nobody can change or delete. */
    builtIn: text("built_in", { enum: ["owners"] }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: "groups_organization_fkey",
      columns: [t.organizationId],
      foreignColumns: [organizations.id],
    }).onDelete("cascade"),
    unique("groups_organization_id_key").on(t.organizationId, t.id),
    uniqueIndex("groups_name_key").on(t.organizationId, sql`lower(${t.name})`),
    uniqueIndex("groups_built_in_key").on(t.organizationId, t.builtIn).where(sql`${t.builtIn} is not null`),
    check("groups_name_length", sql`char_length(${t.name}) between 1 and 64`),
    check("groups_description_length", sql`char_length(${t.description}) <= 500`),
    check("groups_built_in_known", sql`${t.builtIn} = 'owners'`),
  ],
);

export const groupMembers = pgTable(
  "group_members",
  {
    organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
    groupId: uuid("group_id").$type<GroupId>().notNull(),
    userId: uuid("user_id").$type<UserId>().notNull(),
    addedAt: timestamp("added_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: "group_members_pkey", columns: [t.groupId, t.userId] }),
    foreignKey({
      name: "group_members_group_fkey",
      columns: [t.organizationId, t.groupId],
      foreignColumns: [groups.organizationId, groups.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "group_members_membership_fkey",
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }).onDelete("cascade"),
    index("group_members_member_index").on(t.organizationId, t.userId),
  ],
);

/**
 * A permission with an operation, attached to a group: on the whole organization, or on one source, some of its assets
 * (all of them without `assetId`), or a domain. The catalogue in `lib/access` says which pairs mean something.
 */
export const policies = pgTable(
  "policies",
  {
    id: uuid("id").$type<PolicyId>().primaryKey().defaultRandom(),
    organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
    groupId: uuid("group_id").$type<GroupId>().notNull(),
    permission: text("permission").notNull(),
    operation: text("operation", { enum: ["read", "create", "edit", "delete"] }).notNull(),
    sourceId: uuid("source_id").$type<SourceId>(),
    assetId: uuid("asset_id").$type<AssetId>(),
    domainId: uuid("domain_id").$type<DomainId>(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: "policies_group_fkey",
      columns: [t.organizationId, t.groupId],
      foreignColumns: [groups.organizationId, groups.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "policies_source_fkey",
      columns: [t.organizationId, t.sourceId],
      foreignColumns: [sources.organizationId, sources.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "policies_asset_fkey",
      columns: [t.organizationId, t.sourceId, t.assetId],
      foreignColumns: [assets.organizationId, assets.sourceId, assets.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "policies_domain_fkey",
      columns: [t.organizationId, t.domainId],
      foreignColumns: [domains.organizationId, domains.id],
    }).onDelete("cascade"),
    unique("policies_right_key")
      .on(t.groupId, t.permission, t.operation, t.sourceId, t.assetId, t.domainId)
      .nullsNotDistinct(),
    index("policies_source_index").on(t.sourceId, t.assetId).where(sql`${t.sourceId} is not null`),
    index("policies_domain_index").on(t.domainId).where(sql`${t.domainId} is not null`),
    check("policies_operation_known", sql`${t.operation} in ('read', 'create', 'edit', 'delete')`),
    check(
      "policies_resource_fits",
      sql`case ${t.permission}
        when 'source' then ${t.sourceId} is not null and num_nonnulls(${t.assetId}, ${t.domainId}) = 0
        when 'assets' then ${t.sourceId} is not null and ${t.domainId} is null
        when 'domain' then ${t.domainId} is not null and num_nonnulls(${t.sourceId}, ${t.assetId}) = 0
        else num_nonnulls(${t.sourceId}, ${t.assetId}, ${t.domainId}) = 0 end`,
    ),
  ],
);
