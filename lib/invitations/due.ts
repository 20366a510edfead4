import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { InvitationId, OrganizationId, UserId } from "@/db/schema/ids";
import { changeOrganization, type OrganizationChange, unchanged } from "@/lib/access/change";
import { log } from "@/lib/log";
import { enqueue, mailIsConfigured } from "@/lib/outbox";
import { isBlockedSql, isSuppressedSql } from "@/lib/outbox/suppressed";
import { done } from "@/lib/result";
import { authorSql, openSql } from "./queries";
import { tellNews } from "./tell-sponsor";

/** So many invitations at once: an organization's other changes wait meanwhile. */
const most = 500;

/** When an invitation is reminded of and how long its expiry is news (SPEC section 8); all by the database's clock. */
const soon = sql`i.expires_at > statement_timestamp() and i.expires_at <= statement_timestamp() + interval '2 days'`;
const lately = sql`i.expires_at <= statement_timestamp() and i.expires_at > statement_timestamp() - interval '2 days'`;

/**
 * The mail of the present sending has left, not only been promised, and didn't come back: another would go out right behind
 * one that has waited, and would hide one that failed.
 */
const leftADayAgo = sql`exists (select from outbox o where o.invitation_id = i.id and o.kind = 'invitation' and o.send = i.sends
  and o.state in ('sent', 'delivered', 'delayed') and o.last_attempt_at <= statement_timestamp() - interval '1 day')`;

/** Nobody is reminded of what they never got, got within a day, can't get, or have refused. */
const remindable = sql`${openSql} and ${soon} and i.reminded_at is null and i.lifetime_days >= 4 and not i.link_only
  and ${leftADayAgo}
  and not ${isSuppressedSql(sql`i.organization_id`, sql`i.email`)}
  and not ${isBlockedSql(sql`i.organization_id`, sql`i.email`)}`;

const untold = sql`${openSql} and ${lately} and i.told_of_expiry is distinct from i.expires_at
  and exists (select from memberships m join users u on u.id = m.user_id and u.hears_of_invites
    where m.organization_id = i.organization_id and m.user_id = i.sponsor_id and m.deactivated_at is null)`;

/**
 * Does what time alone asks for: reminds of invitations that run out soon, once each, and tells sponsors of those that
 * have. Several replicas may do it at once: who gets an organization's lock second finds nothing left.
 */
export const tendInvitations = async (): Promise<void> => {
  if (!mailIsConfigured()) return;
  const due = await db().execute<{ id: OrganizationId }>(sql`
    select i.organization_id as id from invitations i where ${remindable}
    union select i.organization_id from invitations i where ${untold}`);
  for (const { id } of due)
    await tend(id).catch((error) => log.warn({ err: error }, "invitations of an organization were not looked after"));
};

const tend = async (organizationId: OrganizationId): Promise<void> => {
  for (let left = true; left; ) {
    const tended = await changeOrganization(organizationId, null, async (change) => {
      const [reminded, told] = [await remind(change), await tellOfExpiry(change)];
      return reminded + told === 0 ? unchanged(false) : done(Math.max(reminded, told) === most);
    });
    left = tended.ok && tended.value;
  }
};

/** The oldest of an organization's invitations of which this holds. */
const first = ({ organizationId }: OrganizationChange, holds: SQL): SQL => sql`
  (select i.id from invitations i where i.organization_id = ${organizationId} and ${holds}
  order by i.expires_at, i.id limit ${most})`;

const remind = async (change: OrganizationChange): Promise<number> => {
  const { tx, organizationId, organizationName: organization } = change;
  const rows = await tx.execute<{
    id: InvitationId;
    email: string;
    send: number;
    message: string;
    author: string;
    expires_at: string;
    sponsor_name: string;
    sponsor_email: string;
  }>(sql`
    update invitations i set reminded_at = clock_timestamp() from memberships sponsor
    where i.id in ${first(change, remindable)}
      and sponsor.organization_id = i.organization_id and sponsor.user_id = i.sponsor_id
    returning i.id, i.email, i.sends as send, i.message, ${authorSql} as author, i.expires_at,
      sponsor.name as sponsor_name, sponsor.email as sponsor_email`);
  await enqueue(
    tx,
    rows.map(({ id, email, send, message, author, expires_at, sponsor_name, sponsor_email }) => ({
      kind: "reminder",
      organizationId,
      invitationId: id,
      send,
      to: email,
      organization,
      inviter: { name: sponsor_name, email: sponsor_email },
      message,
      author,
      expiresAt: new Date(expires_at).toISOString(),
    })),
  );
  for (const { id } of rows) change.record({ action: "invitation.reminded", target: { type: "invitation", id } });
  return rows.length;
};

const tellOfExpiry = async (change: OrganizationChange): Promise<number> => {
  const rows = await change.tx.execute<{ id: InvitationId; email: string; sponsor_id: UserId }>(sql`
    update invitations i set told_of_expiry = i.expires_at where i.id in ${first(change, untold)}
    returning i.id, i.email, i.sponsor_id`);
  for (const sponsor of new Set(rows.map(({ sponsor_id }) => sponsor_id))) {
    const theirs = rows.filter(({ sponsor_id }) => sponsor_id === sponsor);
    await tellNews(
      change,
      sponsor,
      theirs.map(({ email }) => ({ email, what: "expired" })),
    );
  }
  for (const { id } of rows) change.record({ action: "invitation.expiry_told", target: { type: "invitation", id } });
  return rows.length;
};
