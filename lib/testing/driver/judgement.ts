import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { DeliveryState } from "@/db/schema";
import type { InvitationId, OutboxId } from "@/db/schema/ids";
import { tokenFor } from "@/lib/invitations/token";
import { recipientOf } from "../fleet";
import { type Fate, fateOf, type World } from "./world";

// What has to be true when all is over, told from the tables and from what the provider was asked. Each gives what is
// wrong, in words; nothing, when nothing is.

/** The "Always true" of SAFETY about mail and the invitations it speaks of: each returns no rows. */
const never = {
  "an invitation without the mail of one of its sendings": sql`
    select i.id, n as send from invitations i, generate_series(1, i.sends) n where not i.link_only
      and not exists (select from outbox o where o.invitation_id = i.id and o.kind = 'invitation' and o.send = n)`,
  "a mail of a sending that never was": sql`
    select o.id, o.kind from outbox o join invitations i on i.id = o.invitation_id where o.send > i.sends`,
  "an invitation with another number of reminders than it was reminded of, once or never": sql`
    select i.id, i.reminded_at from invitations i where (i.reminded_at is not null)::int <>
      (select count(*) from outbox o where o.invitation_id = i.id and o.kind = 'reminder')`,
  "an invitation with another in its place that isn't revoked": sql`
    select i.id, e.target_id as instead from audit_events e join invitations i on i.id = (e.after ->> 'replaces')::uuid
    where i.revoked_at is null`,
  "an invitation in whose place there are two": sql`
    select after ->> 'replaces' as id from audit_events where after ->> 'replaces' is not null group by 1 having count(*) > 1`,
  "attempts of one mail with different bodies": sql`
    select outbox_id as id from outbox_attempts group by outbox_id having count(distinct body_sha256) > 1`,
  "an attempt later than 23 hours after the first": sql`
    select a.outbox_id as id, a.number from outbox_attempts a join outbox_attempts f on f.outbox_id = a.outbox_id and f.number = 1
    where a.started_at > f.started_at + interval '23 hours'`,
  "an attempt claimed after its invitation had ended": sql`
    select o.id, a.number from outbox_attempts a join outbox o on o.id = a.outbox_id join invitations i on i.id = o.invitation_id
    where a.started_at > coalesce(i.accepted_at, i.declined_at, i.revoked_at)`,
  "a mail left unfinished": sql`select id, kind, state, reason from outbox where state in ('queued', 'sending')`,
  "a mail that nobody can tell why it didn't go": sql`
    select id, kind, state from outbox where state in ('failed', 'unknown', 'cancelled', 'suppressed') and coalesce(reason, '') = ''`,
  "two open invitations of one address": sql`
    select organization_id as id, email from invitations where num_nonnulls(accepted_at, declined_at, revoked_at) = 0
    group by 1, 2 having count(*) > 1`,
  "an invitation accepted by another address, or late": sql`
    select i.id from invitations i join users u on u.id = i.accepted_by_id
    where u.email <> i.email or i.accepted_at >= i.expires_at`,
  "an invitation that ended twice": sql`
    select id from invitations where num_nonnulls(accepted_at, declined_at, revoked_at) > 1`,
  "an audit chain with a gap": sql`
    select organization_id as id from audit_events where organization_id is not null
    group by 1 having count(*) <> max(sequence)`,
  "a report that was forged": sql`select id from mail_events where id like 'forged-%'`,
  "a report that has not found its mail, whose message we know": sql`
    select e.id from mail_events e where e.outbox_id is null
      and exists (select from outbox_attempts a where a.provider_message_id = e.message_id)`,
};

type MailRow = {
  id: OutboxId;
  to: string;
  state: DeliveryState;
  attempts: number;
  invitationId: InvitationId | null;
  kind: string;
};

const accepted: ReadonlySet<DeliveryState> = new Set(["sent", "delivered", "delayed", "bounced", "complained"]);
const visiblyNot: ReadonlySet<DeliveryState> = new Set(["failed", "cancelled", "suppressed", "unknown"]);

/** What a mail that the provider accepted has to have come to, once everything was reported of it. */
const ends: Record<Fate, readonly DeliveryState[]> = {
  plain: ["delivered"],
  late: ["delivered"],
  bouncing: ["bounced"],
  spam: ["complained"],
  unheard: ["sent", "unknown"],
  // Nobody can tell whose a report is when its message is all it names, and we never learned of that.
  untagged: ["delivered", "unknown"],
  refused: [],
  mended: ["delivered"],
};

const judgeTables = async (): Promise<string[]> => {
  const wrong: string[] = [];
  for (const [what, query] of Object.entries(never))
    for (const row of await db().execute(query)) wrong.push(`${what}: ${JSON.stringify(row)}`);
  return wrong;
};

/** One key, one body, one recipient, and a committed mail behind it; and each mail as the provider saw it. */
const judgeMail = async ({ fleet: { provider } }: World): Promise<string[]> => {
  const wrong: string[] = [];
  const rows = await db().execute<MailRow>(sql`
    select id, to_email as to, state, attempts, invitation_id as "invitationId", kind from outbox`);
  const known = new Map(rows.map((row) => [String(row.id), row]));
  const bodies = new Map<string, string>();
  for (const request of provider.requests) {
    const row = known.get(request.key);
    if (!row) wrong.push(`the provider was asked to send what was never committed: ${request.key}`);
    else if (row.to !== recipientOf(request))
      wrong.push(`${request.key} went to ${recipientOf(request)}, not ${row.to}`);
    if ((bodies.get(request.key) ?? request.body) !== request.body) wrong.push(`${request.key} had two bodies`);
    bodies.set(request.key, request.body);
  }
  const mails = new Map(provider.mails().map((mail) => [mail.key, mail]));
  for (const row of rows) {
    const mail = mails.get(row.id);
    const fits = mail ? ends[fateOf(row.to)].includes(row.state) : visiblyNot.has(row.state);
    if (!fits) wrong.push(`${row.kind} ${row.id} to ${row.to} is ${row.state}, mailed ${mail ? "once" : "never"}`);
    if (row.attempts === 0 && bodies.has(row.id)) wrong.push(`${row.id} was sent without an attempt`);
    if (mail && row.invitationId && !mail.text.includes(`/join/${tokenFor(row.invitationId, "email")}`))
      wrong.push(`${row.kind} ${row.id} has another link than that of its invitation`);
  }
  return wrong;
};

/** What people were told is so. */
const judgeWords = async ({ told, invited, retried, lifted }: World): Promise<string[]> => {
  const lies = await db().execute<{ id: string; end: string }>(sql`
    select t.id, t.end from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as t(id uuid, "end" text)
    join invitations i on i.id = t.id
    where case t.end when 'accepted' then i.accepted_at when 'declined' then i.declined_at else i.revoked_at end is null`);
  const lost = await db().execute<{ email: string }>(sql`
    select t.email from jsonb_to_recordset(${JSON.stringify(invited)}::jsonb) as t(organization uuid, email text)
    where not exists (select from invitations i where i.organization_id = t.organization and i.email = t.email)`);
  const twice = await db().execute<{ email: string; times: number }>(sql`
    select t.email, count(*)::int as times from jsonb_to_recordset(${JSON.stringify(invited)}::jsonb) as t(organization uuid, email text)
    join invitations i on i.organization_id = t.organization and i.email = t.email
    group by t.organization, t.email having count(*) > 1`);
  const untried = await db().execute<{ id: string }>(sql`
    select t.id from jsonb_to_recordset(${JSON.stringify(retried)}::jsonb) as t(id uuid, at timestamptz)
    cross join lateral (select o.state, o.settled_at from outbox o where o.invitation_id = t.id
      order by o.send desc, o.created_at desc limit 1) newest
    where newest.state = 'failed' and newest.settled_at < t.at`);
  const standing = await db().execute<{ email: string }>(sql`
    select s.email from suppressions s join jsonb_array_elements_text(${JSON.stringify(lifted)}::jsonb) t on t.value::uuid = s.id
    where s.lifted_at is null`);
  return [
    ...untried.map(({ id }) => `somebody was told that the mail of ${id} is tried again, which it wasn't`),
    ...standing.map(({ email }) => `somebody was told that mail goes to ${email} again, which it doesn't`),
    ...lies.map(({ id, end }) => `somebody was told that ${id} is ${end}, which it isn't`),
    ...lost.map(({ email }) => `somebody was told that ${email} is invited, which they aren't`),
    ...twice.map(({ email, times }) => `${email} was invited once, and is ${times} times`),
  ];
};

/** Whoever was told that no more invitations come gets none that was claimed by then. */
const judgeStopped = async ({ stopped }: World): Promise<string[]> => {
  const of = sql`jsonb_to_recordset(${JSON.stringify(stopped)}::jsonb) as s(email text, organization uuid, at timestamptz)`;
  const lies = await db().execute<{ email: string }>(sql`
    select s.email from ${of} where not exists (select from blocks b
      where b.email = s.email and b.organization_id is not distinct from s.organization)`);
  const late = await db().execute<{ kind: string; email: string; number: number }>(sql`
    select o.kind, s.email, a.number from ${of}
      join outbox o on o.to_email = s.email and o.kind in ('invitation', 'reminder')
        and (s.organization is null or o.organization_id = s.organization)
      join outbox_attempts a on a.outbox_id = o.id
    where a.started_at > s.at`);
  return [
    ...lies.map(({ email }) => `somebody was told that ${email} gets no more invitations, which isn't kept`),
    ...late.map(
      ({ kind, email, number }) => `attempt ${number} of an ${kind} to ${email} was claimed after they stopped them`,
    ),
  ];
};

export const judge = async (world: World): Promise<string[]> => [
  ...(await judgeTables()),
  ...(await judgeMail(world)),
  ...(await judgeWords(world)),
  ...(await judgeStopped(world)),
];

/** How many mails there are in each state: a run in which nothing happened has shown nothing. */
export const statesOfMail = async () =>
  Object.fromEntries(
    (
      await db().execute<{ state: DeliveryState; n: number }>(
        sql`select state, count(*)::int as n from outbox group by 1 order by 1`,
      )
    ).map(({ state, n }) => [state, n]),
  );
/** How many reminders were promised. */
export const countReminders = async (): Promise<number> => {
  const [row] = await db().execute<{ n: number }>(sql`select count(*)::int as n from outbox where kind = 'reminder'`);
  return row?.n ?? 0;
};
export const arrived = (states: Record<string, number>) =>
  [...accepted].reduce((sum, state) => sum + (states[state] ?? 0), 0);
