import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { UserId } from "@/db/schema/ids";
import { answered, type Guest, refreshed } from "./people";

// What only time can do: the commands date everything by the database's clock, and nobody waits six weeks for a demo. The
// audit log follows in audit.ts.

const days = (ago: number) => sql`${ago}::float8 * interval '1 day'`;

/** Lets the mail of an invitation name the day that ends one sent so many days ago, before it is written. */
export const mailWasPromised = async (email: string, ago: number): Promise<void> => {
  await db().execute(sql`
    update outbox set payload = jsonb_set(payload, '{expiresAt}', to_jsonb(
      to_char((payload ->> 'expiresAt')::timestamptz - ${days(ago)}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
    where kind = 'invitation' and to_email = ${email}`);
};

/** Lets a day have passed since the first news of invitations: what was gathered behind it is due. */
export const newsWasGathered = async (): Promise<void> => {
  await db().execute(sql`
    update outbox set next_attempt_at = clock_timestamp() where kind = 'invite-news' and state = 'queued'`);
};

/** Lets mail have been promised and sent earlier: `mails` says by how much, for the id of each. */
const mailWasSent = async (mails: SQL): Promise<void> => {
  await db().execute(sql`
    update outbox o set created_at = created_at - ago, next_attempt_at = next_attempt_at - ago,
      first_attempt_at = first_attempt_at - ago, last_attempt_at = last_attempt_at - ago, settled_at = settled_at - ago
    from (${mails}) m (id, ago) where m.id = o.id`);
  await db().execute(sql`
    update outbox_attempts a set started_at = started_at - ago, finished_at = finished_at - ago
    from (${mails}) m (id, ago) where m.id = a.outbox_id`);
};

/** Lets these people have been invited, have answered and have been active when it is said of them, with the mail about it. */
export const guestsCame = async (guests: readonly Guest[]): Promise<void> => {
  const rows = guests.map((guest) => ({
    ...{ email: guest.email, sent: guest.sent, answered: answered(guest), active: guest.joined?.lastActive ?? 0 },
  }));
  const g = sql`(select email, sent * interval '1 day' as sent, answered * interval '1 day' as answered,
      active * interval '1 day' as active
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(email text, sent float8, answered float8, active float8)) g`;
  await db().execute(sql`
    update invitations i set created_at = i.created_at - g.sent, last_sent_at = i.last_sent_at - g.sent,
      expires_at = i.expires_at - g.sent, accepted_at = i.accepted_at - g.answered,
      declined_at = i.declined_at - g.answered, revoked_at = i.revoked_at - g.answered
    from ${g} where g.email = i.email`);
  await mailWasSent(sql`
    select o.id, g.sent from outbox o, ${g} where o.kind = 'invitation' and g.email = o.to_email
    union all select o.id, g.answered from outbox o, ${g} where o.kind = 'made-owner' and g.email = o.to_email
    union all select o.id, min(g.answered) from outbox o, jsonb_to_recordset(o.payload -> 'news') as n(email text), ${g}
      where o.kind = 'invite-news' and g.email = n.email group by o.id`);
  await db().execute(sql`
    update users u set created_at = u.created_at - g.answered, email_verified_at = u.email_verified_at - g.answered,
      password_changed_at = u.password_changed_at - g.answered
    from ${g} where g.email = u.email`);
  await db().execute(sql`
    update sessions s set created_at = s.created_at - g.answered, last_seen_at = s.last_seen_at - g.answered,
      opened_at = s.opened_at - g.answered, ended_at = s.ended_at - g.answered, expires_at = s.expires_at - g.answered
    from users u, ${g} where u.id = s.user_id and g.email = u.email`);
  await db().execute(sql`
    update memberships m set joined_at = m.joined_at - g.answered, last_active_at = clock_timestamp() - g.active
    from ${g} where g.email = m.email`);
};

/** Lets somebody have been deactivated so many days ago. */
export const wasDeactivated = async (userId: UserId, ago: number): Promise<void> => {
  await db().execute(sql`
    update memberships set deactivated_at = deactivated_at - ${days(ago)} where user_id = ${userId}`);
  await mailWasSent(sql`select id, ${days(ago)} from outbox where kind = 'deactivated'`);
};

/** Lets the access that was asked for have been asked for so many days ago. */
export const accessWasAsked = async (ago: number): Promise<void> => {
  await db().execute(sql`update access_requests set created_at = created_at - ${days(ago)}`);
  await mailWasSent(sql`select id, ${days(ago)} from outbox where kind = 'access-requested'`);
};

/** Lets the organization be this many days old, and what it began with. */
export const organizationBegan = async (ago: number): Promise<void> => {
  for (const table of ["organizations", "sources", "domains"])
    await db().execute(sql`update ${sql.identifier(table)} set created_at = created_at - ${days(ago)}`);
  await db().execute(sql`update sources set refreshed_at = refreshed_at - ${days(refreshed)}`);
};

/** Lets groups be as old as the audit says, once that is: none is older than those whom it was made with. */
export const groupsBegan = async (): Promise<void> => {
  await db().execute(sql`
    update groups g set created_at = e.occurred_at from audit_events e
    where e.action = 'group.created' and e.target_id = g.id`);
};
