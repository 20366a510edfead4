import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { UserId } from "@/db/schema/ids";
import type { Guest } from "./people";

// What only time can do: the commands date everything by the database's clock, and nobody waits six weeks for a demo. The
// audit log stays as it was written: it can't be changed, and it is true that all of this happened just now.

const days = (ago: number) => sql`${ago}::float8 * interval '1 day'`;

/** Lets the mail of an invitation have been promised so many days ago, before it is written: it names the day it ends. */
export const mailWasPromised = async (email: string, ago: number): Promise<void> => {
  await db().execute(sql`
    update outbox set created_at = created_at - ${days(ago)}, payload = jsonb_set(payload, '{expiresAt}', to_jsonb(
      to_char((payload ->> 'expiresAt')::timestamptz - ${days(ago)}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
    where kind = 'invitation' and to_email = ${email}`);
};

/** Lets a day have passed since the first news of invitations: what was gathered behind it is due. */
export const newsWasGathered = async (): Promise<void> => {
  await db().execute(sql`
    update outbox set next_attempt_at = clock_timestamp() where kind = 'invite-news' and state = 'queued'`);
};

/** Lets these people have been invited, have answered and have been active when it is said of them. */
export const guestsCame = async (guests: readonly Guest[]): Promise<void> => {
  const rows = guests.map(({ email, sent, joined, declined, revoked }) => ({
    ...{ email, sent, answered: joined?.ago ?? declined ?? revoked ?? 0, active: joined?.lastActive ?? 0 },
  }));
  const g = sql`(select email, sent * interval '1 day' as sent, answered * interval '1 day' as answered,
      active * interval '1 day' as active
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(email text, sent float8, answered float8, active float8)) g`;
  await db().execute(sql`
    update invitations i set created_at = i.created_at - g.sent, last_sent_at = i.last_sent_at - g.sent,
      expires_at = i.expires_at - g.sent, accepted_at = i.accepted_at - g.answered,
      declined_at = i.declined_at - g.answered, revoked_at = i.revoked_at - g.answered
    from ${g} where g.email = i.email`);
  await db().execute(sql`
    update outbox o set next_attempt_at = o.next_attempt_at - g.sent, first_attempt_at = o.first_attempt_at - g.sent,
      settled_at = o.settled_at - g.sent
    from ${g} where g.email = o.to_email and o.kind = 'invitation'`);
  await db().execute(sql`
    update outbox_attempts a set started_at = a.started_at - g.sent, finished_at = a.finished_at - g.sent
    from outbox o, ${g} where o.id = a.outbox_id and g.email = o.to_email and o.kind = 'invitation'`);
  await db().execute(sql`
    update users u set created_at = u.created_at - g.answered, password_changed_at = u.password_changed_at - g.answered
    from ${g} where g.email = u.email`);
  await db().execute(sql`
    update memberships m set joined_at = m.joined_at - g.answered, last_active_at = clock_timestamp() - g.active
    from ${g} where g.email = m.email`);
};

/** Lets somebody have been deactivated so many days ago. */
export const wasDeactivated = async (userId: UserId, ago: number): Promise<void> => {
  await db().execute(sql`
    update memberships set deactivated_at = deactivated_at - ${days(ago)} where user_id = ${userId}`);
  await db().execute(sql`
    update outbox set created_at = created_at - ${days(ago)}, first_attempt_at = first_attempt_at - ${days(ago)},
      settled_at = settled_at - ${days(ago)}
    where kind = 'deactivated'`);
};

/** Lets the access that was asked for have been asked for so many days ago. */
export const accessWasAsked = async (ago: number): Promise<void> => {
  await db().execute(sql`update access_requests set created_at = created_at - ${days(ago)}`);
  await db().execute(sql`
    update outbox set created_at = created_at - ${days(ago)}, first_attempt_at = first_attempt_at - ${days(ago)},
      settled_at = settled_at - ${days(ago)}
    where kind = 'access-requested'`);
};

/** Lets the organization be this many days old, and what there is in it. */
export const organizationBegan = async (ago: number): Promise<void> => {
  for (const table of ["organizations", "groups", "sources", "domains"])
    await db().execute(sql`update ${sql.identifier(table)} set created_at = created_at - ${days(ago)}`);
};
