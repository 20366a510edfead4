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
import type { GroupId, OrganizationId, PolicyId, UserId } from "./ids";
import { memberships, organizations } from "./organizations";

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

/** A permission with an operation, attached to a group. The catalogue in `lib/access` says which pairs mean something. */
export const policies = pgTable(
  "policies",
  {
    id: uuid("id").$type<PolicyId>().primaryKey().defaultRandom(),
    organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
    groupId: uuid("group_id").$type<GroupId>().notNull(),
    permission: text("permission").notNull(),
    operation: text("operation", { enum: ["read", "create", "edit", "delete"] }).notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      name: "policies_group_fkey",
      columns: [t.organizationId, t.groupId],
      foreignColumns: [groups.organizationId, groups.id],
    }).onDelete("cascade"),
    unique("policies_group_right_key").on(t.groupId, t.permission, t.operation),
    check("policies_operation_known", sql`${t.operation} in ('read', 'create', 'edit', 'delete')`),
  ],
);
