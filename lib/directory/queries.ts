import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import type { GroupId, InvitationId, UserId } from "@/db/schema/ids";
import type { Grant } from "@/lib/access/grant";
import { readReach } from "@/lib/access/holding";
import { openSql, stateSql } from "@/lib/invitations/queries";
import type { State } from "@/lib/invitations/rules";
import { mailIsConfigured } from "@/lib/outbox";
import { type HeldBack, whyHeldBackSql } from "@/lib/outbox/suppressed";
import { momentKey, type Page, pageOf } from "@/lib/paging";
import { orderOf, rowsOf } from "./branches";
import type { Listing, View } from "./listing";
import { type MailShown, newestMail, readMail, type StoredMail } from "./mail";

export type MemberRow = Readonly<{
  kind: "member";
  id: UserId;
  name: string;
  email: string;
  verified: boolean;
  active: boolean;
  groups: string[];
  owner: boolean;
  /** Whether the groups allow more than the viewer holds, who then can't hand them out. */
  beyond: boolean;
  joinedAt: Date;
  lastActiveAt: Date | null;
}>;

export type InvitationRow = Readonly<{
  kind: "invitation";
  id: InvitationId;
  email: string;
  state: State;
  groups: string[];
  owner: boolean;
  beyond: boolean;
  invitedBy: string;
  sends: number;
  lastSentAt: Date;
  linkOnly: boolean;
  /** The newest mail; null when there is none. */
  mail: MailShown | null;
  /** Why no mail goes to its address; null when it does, or when none is sent at all. */
  heldBack: HeldBack | null;
  expiresAt: Date;
  endedAt: Date | null;
}>;

export type Row = MemberRow | InvitationRow;

/** So many rows fill two screens; with it a page of a large organization costs what a small one's does. */
export const pageSize = 25;

type Columns = {
  id: string;
  key: string;
  user_id: UserId | null;
  invitation_id: InvitationId | null;
  name: string;
  email: string;
  verified: boolean;
  active: boolean;
  joined_at: string;
  last_active_at: string | null;
  state: State;
  invited_by: string;
  sends: number;
  last_sent_at: string;
  link_only: boolean;
  mail: StoredMail | null;
  held_back: HeldBack | null;
  expires_at: string;
  ended_at: string | null;
  groups: string[];
  group_ids: GroupId[];
  owner: boolean;
};

/** What a member's or an invitation's groups are called, Owners first. */
const groupColumns = (groupsOf: SQL) => sql`(
  select coalesce(array_agg(g.name order by g.built_in nulls last, lower(g.name)), '{}') as groups,
    coalesce(array_agg(g.id), '{}') as group_ids, coalesce(bool_or(g.built_in = 'owners'), false) as owner
  from groups g where g.id in (${groupsOf}))`;

/** Everything a row shows, for the ids (and keys) that `page` gives: members and invitations of this organization alone. */
const rowsFor = async (granted: Grant<"access.read">, page: SQL, key: SQL, order: SQL): Promise<Columns[]> =>
  await db().execute<Columns>(sql`
    with page as (${page})
    select page.id, ${key} as key, m.user_id, i.id as invitation_id,
      m.name, coalesce(m.email, i.email) as email, u.email_verified_at is not null as verified, m.deactivated_at is null as active,
      m.joined_at, m.last_active_at,
      ${stateSql} as state, inviter.name as invited_by, i.sends, i.last_sent_at, i.link_only, i.expires_at,
      coalesce(i.accepted_at, i.declined_at, i.revoked_at) as ended_at, ${newestMail} as mail,
      case when i.id is not null then ${whyHeldBackSql(granted.organizationId, sql`i.email`)} end as held_back,
      held.groups, held.group_ids, held.owner
    from page
      left join memberships m on m.organization_id = ${granted.organizationId} and m.user_id = page.id
      left join users u on u.id = m.user_id
      left join invitations i on i.organization_id = ${granted.organizationId} and i.id = page.id
      left join memberships inviter on inviter.organization_id = i.organization_id and inviter.user_id = i.invited_by_id
      cross join lateral ${groupColumns(sql`
        select gm.group_id from group_members gm where gm.organization_id = m.organization_id and gm.user_id = m.user_id
        union all select ig.group_id from invitation_groups ig where ig.invitation_id = i.id`)} held
    where m.user_id is not null or i.id is not null
    order by page.key ${order}, page.id ${order}`);

const keyColumn = ({ sort }: Listing): SQL => (sort.key === "name" ? sql`page.key` : momentKey(sql`page.key`));

/**
 * One page of a view of the organization's members and invitations. A page that nothing stands on any more (its rows
 * have gone meanwhile) gives the first one.
 */
export const listDirectory = async (granted: Grant<"access.read">, listing: Listing): Promise<Page<Row>> => {
  const source = rowsOf(granted.organizationId, listing, pageSize + 1);
  const found = await rowsFor(granted, source, keyColumn(listing), orderOf(listing));
  if (listing.page && found.length === 0) return listDirectory(granted, { ...listing, page: null });
  const { rows, ...beside } = pageOf(listing, found, pageSize);
  return { ...beside, rows: await readRows(granted, rows) };
};

const readRows = async ({ actor }: Grant<"access.read">, columns: readonly Columns[]): Promise<Row[]> => {
  const reach = await readReach(actor, [...new Set(columns.flatMap((row) => row.group_ids))]);
  return columns.map((row) => rowOf(row, !row.group_ids.every((id) => reach.has(id))));
};

const rowOf = (row: Columns, beyond: boolean): Row => {
  const shared = { email: row.email, groups: row.groups, owner: row.owner, beyond };
  if (row.user_id)
    return {
      ...shared,
      kind: "member",
      id: row.user_id,
      name: row.name,
      verified: row.verified,
      active: row.active,
      joinedAt: new Date(row.joined_at),
      lastActiveAt: row.last_active_at ? new Date(row.last_active_at) : null,
    };
  if (!row.invitation_id) throw new Error("A row is a member or an invitation");
  return {
    ...shared,
    kind: "invitation",
    id: row.invitation_id,
    state: row.state,
    invitedBy: row.invited_by,
    sends: row.sends,
    lastSentAt: new Date(row.last_sent_at),
    linkOnly: row.link_only,
    mail: row.mail && readMail(row.mail),
    heldBack: mailIsConfigured() ? row.held_back : null,
    expiresAt: new Date(row.expires_at),
    endedAt: row.ended_at ? new Date(row.ended_at) : null,
  };
};

/** One member or invitation of the organization, as its row shows it; null for any other id. */
export const readRow = async (granted: Grant<"access.read">, id: string): Promise<Row | null> => {
  if (!z.uuid().safeParse(id).success) return null;
  const found = await rowsFor(granted, sql`select ${id}::uuid as id, null as key`, sql`''`, sql`asc`);
  return (await readRows(granted, found))[0] ?? null;
};

/** Invitations of the organization as their rows show them: the ids that `page` gives, each with its place as `key`. */
export const readInvitationRows = async (granted: Grant<"access.read">, page: SQL): Promise<InvitationRow[]> => {
  const found = await rowsFor(granted, page, sql`''`, sql`asc`);
  return (await readRows(granted, found)).filter((row) => row.kind === "invitation");
};

/** How many rows each view has, whatever is searched for (SPEC section 2). */
export const countViews = async (granted: Grant<"access.read">): Promise<Record<View, number>> => {
  const [row] = await db().execute<{ members: number; inactive: number; invitations: number; pending: number }>(sql`
    select o.member_count as members, o.invitation_count as invitations,
      (select count(*)::int from memberships m where m.organization_id = o.id and m.deactivated_at is not null) as inactive,
      (select count(*)::int from invitations i where i.organization_id = o.id and ${openSql}) as pending
    from organizations o where o.id = ${granted.organizationId}`);
  const { members, inactive, invitations, pending } = row ?? { members: 0, inactive: 0, invitations: 0, pending: 0 };
  return { all: members + pending, active: members - inactive, pending, inactive, history: invitations - pending };
};

/** The groups that a list can be narrowed to, Owners first. */
export const readGroupNames = async (granted: Grant<"access.read">): Promise<{ id: GroupId; name: string }[]> =>
  await db().execute<{ id: GroupId; name: string }>(sql`
    select id, name from groups where organization_id = ${granted.organizationId} order by built_in nulls last, lower(name)`);
