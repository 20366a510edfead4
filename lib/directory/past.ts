import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { peopleOf } from "@/db/schema/audit";
import type { InvitationId, UserId } from "@/db/schema/ids";
import type { Grant } from "@/lib/access/grant";
import type { Happenings } from "@/lib/audit/events";
import { groupName } from "@/lib/groups/names";
import { stateSql } from "@/lib/invitations/queries";
import { type MailShown, mailJson, readMail, type StoredMail } from "./mail";

/** How an invitation began and ended, beyond what its row in a list says. */
export type InvitationPast = Readonly<{
  createdAt: Date;
  invitedBy: string;
  message: string;
  /** Groups it named that were deleted since, by the names they had. */
  deletedGroups: readonly string[];
  /** The person an acceptance made a member of. */
  acceptedById: UserId | null;
  mails: readonly Mail[];
}> &
  History;

/** The latest of what happened, oldest first, and whether there is more before it. */
type History = Readonly<{ events: readonly Event[]; earlier: boolean }>;

/** One mail of an invitation and what is known of it. */
export type Mail = MailShown & Readonly<{ at: Date }>;

/** What can stand in the history of an invitation or a member. That one ran out is read off its facts, and written nowhere. */
export type Happened = Happenings["invitation" | "user"] | Moving | "invitation.expired";
/** What puts a member into a group, or takes them out of it. */
type Moving = Extract<Happenings["group"], `group.${"created" | "deleted" | "member_added" | "member_removed"}`>;

/**
 * What happened to an invitation or a member, and through whom; nobody's name when no one was signed in, or somebody who
 * never belonged here: who else has an account is nobody's business.
 */
export type Event = Readonly<{
  sequence: string;
  at: Date;
  action: string;
  actor: string | null;
  /**
   * Names of the groups it gave or took, of those that the one who vouched for it could not give any more, and of those
   * that had been deleted by then.
   */
  groups: string | null;
  leftOut: string | null;
  deleted: string | null;
  /** How an invitation was accepted. */
  through: string | null;
  /** Whose deactivation took the invitation along. */
  because: string | null;
  /** The address that was invited in its place when it was corrected, or the one in whose place this was. */
  instead: string | null;
}>;

/** What became of an invitation of this organization from its first day, oldest first; null for any other id. */
export const readInvitationPast = async (
  granted: Grant<"access.read">,
  id: InvitationId,
): Promise<InvitationPast | null> => {
  const { organizationId } = granted;
  const [row] = await db().execute<{
    created_at: string;
    invited_by: string;
    message: string;
    accepted_by_id: UserId | null;
    expired_at: string | null;
    deleted_groups: string[];
  }>(sql`
    select i.created_at, m.name as invited_by, i.message, i.accepted_by_id,
      array(select ${groupName(sql`i.organization_id`, sql`gone.id`)} from unnest(i.deleted_groups) gone(id)) as deleted_groups,
      case when ${stateSql} = 'expired' then i.expires_at end as expired_at
    from invitations i join memberships m on m.organization_id = i.organization_id and m.user_id = i.invited_by_id
    where i.organization_id = ${organizationId} and i.id = ${id}`);
  if (!row) return null;
  const mails = await db().execute<{ at: string; mail: StoredMail }>(sql`
    select o.created_at as at, ${mailJson} as mail from outbox o
    where o.organization_id = ${organizationId} and o.invitation_id = ${id} order by o.send, o.created_at, o.id`);
  const { events, earlier } = await readHistory(granted, id);
  return {
    createdAt: new Date(row.created_at),
    invitedBy: row.invited_by,
    message: row.message,
    deletedGroups: row.deleted_groups,
    acceptedById: row.accepted_by_id,
    mails: mails.map(({ at, mail }) => ({ ...readMail(mail), at: new Date(at) })),
    events: [...events, ...(row.expired_at ? [ranOut(new Date(row.expired_at))] : [])].toSorted(
      (one, other) => one.at.getTime() - other.at.getTime(),
    ),
    earlier,
  };
};

const ranOut = (at: Date): Event => ({
  ...nothing,
  sequence: "expired",
  at,
  action: "invitation.expired" satisfies Happened,
});
const nothing = {
  actor: null,
  groups: null,
  leftOut: null,
  deleted: null,
  through: null,
  because: null,
  instead: null,
};

/** How somebody became a member, and whether they are the one owner who must stay. */
export type MemberPast = Readonly<{ invitationId: InvitationId | null; lastOwner: boolean }> & History;

/** What became of a member of this organization since they joined, oldest first; nothing for any other id. */
export const readMemberPast = async (granted: Grant<"access.read">, id: UserId): Promise<MemberPast> => {
  const { organizationId } = granted;
  const [row] = await db().execute<{ invitation_id: InvitationId | null; last_owner: boolean }>(sql`
    select (select i.id from invitations i where i.organization_id = ${organizationId} and i.accepted_by_id = ${id}
        order by i.accepted_at desc limit 1) as invitation_id,
      (select coalesce(array_agg(m.user_id) = array[${id}::uuid], false)
        from groups g join group_members gm on gm.group_id = g.id
          join memberships m on m.organization_id = g.organization_id and m.user_id = gm.user_id
        where g.organization_id = ${organizationId} and g.built_in = 'owners' and m.deactivated_at is null) as last_owner`);
  return {
    invitationId: row?.invitation_id ?? null,
    lastOwner: row?.last_owner ?? false,
    ...(await readHistory(granted, id)),
  };
};

/** So many events fill a page. */
const mostEvents = 200;

/**
 * The latest audit events about one invitation or member of this organization, with names looked up as they are today. They
 * are picked before any name is looked up: in one query Postgres reads the whole organization's events for their order.
 */
const readHistory = async ({ organizationId }: Grant<"access.read">, targetId: string): Promise<History> => {
  const rows = await db().execute<Omit<Event, "at"> & { at: string }>(sql`
    with e as materialized (
      select * from audit_events e
      where e.organization_id = ${organizationId} and (
        e.target_type in ('invitation', 'user') and e.target_id = ${targetId}
        or e.target_type = 'group' and ${peopleOf({ before: sql`e.before`, after: sql`e.after` })} ? ${targetId}::text)
      order by e.sequence desc limit ${mostEvents + 1})
    select e.sequence::text, e.occurred_at as at, e.action, m.name as actor,
      case e.target_type when 'group' then ${groupName(sql`e.organization_id`, sql`e.target_id`)}
        else ${groupNames(sql`coalesce(e.after -> 'groups', e.before -> 'groups')`)} end as groups,
      ${groupNames(sql`e.after -> 'leftOut'`)} as "leftOut", ${groupNames(sql`e.after -> 'deleted'`)} as deleted,
      e.after ->> 'through' as through,
      (select name from memberships because where because.organization_id = e.organization_id
        and because.user_id = (e.after ->> 'becauseDeactivated')::uuid) as because,
      (select email from invitations other where other.organization_id = e.organization_id
        and other.id = coalesce(e.after ->> 'replacedBy', e.after ->> 'replaces')::uuid) as instead
    from e left join memberships m on m.organization_id = e.organization_id and m.user_id = e.actor_id
    order by e.sequence desc`);
  const events = rows.map((row) => ({ ...row, at: new Date(row.at) }));
  return { events: events.slice(0, mostEvents).toReversed(), earlier: events.length > mostEvents };
};

/** Names of the groups whose ids stand in a list of an event, also of those deleted since. */
const groupNames = (ids: SQL): SQL => sql`(select string_agg(known.name, ', ' order by lower(known.name))
  from jsonb_array_elements_text(${ids}) listed(id), lateral (
    select ${groupName(sql`e.organization_id`, sql`listed.id::uuid`)} as name) known)`;
