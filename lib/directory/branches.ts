import { type SQL, sql } from "drizzle-orm";
import type { OrganizationId } from "@/db/schema/ids";
import { endedSql, openSql } from "@/lib/invitations/queries";
import { containing } from "@/lib/search";
import type { Listing, SortKey, View } from "./listing";

// Every row has every key, so that any sort orders any view. These stand for what has not happened, or never does:
// a member's invitation was sent before all others; an invitation is joined, and a membership expires, after everything.
const never = sql`timestamptz '0001-01-01 00:00:00+00'`;
const atLast = sql`timestamptz '9999-12-31 00:00:00+00'`;

const memberKeys: Record<SortKey, SQL> = {
  name: sql`lower(m.name)`,
  joined: sql`m.joined_at`,
  active: sql`coalesce(m.last_active_at, ${never})`,
  sent: never,
  expires: atLast,
};
const invitationKeys: Record<SortKey, SQL> = {
  name: sql`i.email`,
  joined: atLast,
  active: never,
  sent: sql`i.last_sent_at`,
  expires: sql`i.expires_at`,
};

// The indexes are made for exactly these conditions.
const memberViews: Record<View, SQL | null> = {
  all: sql`true`,
  active: sql`m.deactivated_at is null`,
  inactive: sql`m.deactivated_at is not null`,
  pending: null,
  history: null,
};
const invitationViews: Record<View, SQL | null> = {
  all: openSql,
  active: null,
  inactive: null,
  pending: openSql,
  history: endedSql,
};

/** A source of rows: where from, its id, its key, and what the person asked for. */
const branch = (from: { table: SQL; id: SQL; key: SQL; where: SQL[] }, listing: Listing, fetched: number): SQL => {
  const { page, sort } = listing;
  const edge = page && ("before" in page ? page.before : page.after);
  const type = sort.key === "name" ? sql`text` : sql`timestamptz`;
  const beyond = edge
    ? sql` and (${from.key}, ${from.id}) ${isDown(listing) ? sql`<` : sql`>`} (${edge.key}::${type}, ${edge.id}::uuid)`
    : sql``;
  const order = orderOf(listing);
  return sql`(select ${from.id} as id, ${from.key} as key from ${from.table}
    where ${sql.join(from.where, sql` and `)}${beyond} order by ${from.key} ${order}, ${from.id} ${order} limit ${fetched})`;
};

const memberBranch = (organizationId: OrganizationId, listing: Listing, fetched: number): SQL[] => {
  const view = memberViews[listing.view];
  if (!view) return [];
  const where = [sql`m.organization_id = ${organizationId}`, view];
  if (listing.q) where.push(sql`(lower(m.name) || ' ' || m.email) like ${containing(listing.q)}`);
  const inGroups = sql`from group_members gm where gm.organization_id = m.organization_id and gm.user_id = m.user_id`;
  if (listing.group === "none") where.push(sql`not exists (select ${inGroups})`);
  else if (listing.group) where.push(sql`exists (select ${inGroups} and gm.group_id = ${listing.group})`);
  return [
    branch(
      { table: sql`memberships m`, id: sql`m.user_id`, key: memberKeys[listing.sort.key], where },
      listing,
      fetched,
    ),
  ];
};

const invitationBranch = (organizationId: OrganizationId, listing: Listing, fetched: number): SQL[] => {
  const view = invitationViews[listing.view];
  if (!view) return [];
  const where = [sql`i.organization_id = ${organizationId}`, view];
  if (listing.q) where.push(sql`i.email like ${containing(listing.q)}`);
  const withGroups = sql`from invitation_groups ig where ig.invitation_id = i.id`;
  if (listing.group === "none") where.push(sql`not exists (select ${withGroups})`);
  else if (listing.group) where.push(sql`exists (select ${withGroups} and ig.group_id = ${listing.group})`);
  return [
    branch(
      { table: sql`invitations i`, id: sql`i.id`, key: invitationKeys[listing.sort.key], where },
      listing,
      fetched,
    ),
  ];
};

/** Whether a listing's rows are read from the greatest key down: a page that ends before a row is read backwards. */
const isDown = ({ page, sort }: Listing): boolean => sort.reversed !== (page !== null && "before" in page);

/** How the rows of a listing follow each other. */
export const orderOf = (listing: Listing): SQL => (isDown(listing) ? sql`desc` : sql`asc`);

/**
 * The rows of a listing as `id` and `key`, at most `fetched` of them, members and invitations together. Each source is
 * read along its own index, so the size of the organization doesn't matter.
 */
export const rowsOf = (organizationId: OrganizationId, listing: Listing, fetched: number): SQL => {
  const branches = [
    ...memberBranch(organizationId, listing, fetched),
    ...invitationBranch(organizationId, listing, fetched),
  ];
  const order = orderOf(listing);
  return sql`select id, key from (${sql.join(branches, sql` union all `)}) either order by key ${order}, id ${order} limit ${fetched}`;
};
