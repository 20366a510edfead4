import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { InvitationId, OrganizationId, SuppressionId } from "@/db/schema/ids";
import { newestMail } from "@/lib/directory/mail";
import { openSql } from "@/lib/invitations/queries";
import { isSuppressedSql } from "@/lib/outbox/suppressed";
import { age, makeOwner, password, passwordHash } from "@/lib/testing/people";
import type { Fleet, Replica } from "../fleet";
import { Visitor } from "../visitor";
import type { Chance } from "./chance";

// Who and what the driver drives: organizations with an owner who is signed in everywhere, and people to invite. What
// becomes of mail to somebody is told by their address.

/**
 * What becomes of a mail: it is refused, always or the first time alone; or accepted, and then reported so, if anything is
 * reported at all.
 */
export const fates = ["plain", "late", "bouncing", "spam", "unheard", "untagged", "refused", "mended"] as const;
export type Fate = (typeof fates)[number];
export const fateOf = (address: string): Fate => fates.find((fate) => address.startsWith(`${fate}-`)) ?? "plain";
const fateWeights: Record<Fate, number> = {
  plain: 12,
  late: 2,
  bouncing: 2,
  spam: 1,
  unheard: 2,
  untagged: 2,
  refused: 1,
  mended: 2,
};

/** An address that nobody knew before. */
export const freshAddress = (chance: Chance): string =>
  `${chance.weighted(fateWeights)}-${chance.below(2 ** 31)}-${chance.below(2 ** 31)}@example.org`;

export type Organization = { id: OrganizationId; name: string; owner: Map<Replica, Visitor> };
export type Told = { id: InvitationId; end: "accepted" | "declined" | "revoked" };
export type World = Readonly<{
  fleet: Fleet;
  organizations: readonly Organization[];
  /** Ends that somebody was told of, which then have to be true. */
  told: Told[];
  /** Addresses nobody knew before, that were told to be invited. */
  invited: { organization: OrganizationId; email: string }[];
  /** Addresses whose reader was told that no more invitations come, from one organization or from any, and when by. */
  stopped: { organization: OrganizationId | null; email: string; at: string }[];
  /** Invitations whose mail was told to be tried again, after this moment. */
  retried: { id: InvitationId; at: string }[];
  /** What an owner was told to have lifted. */
  lifted: SuppressionId[];
  /** What happened how often. */
  tally: Map<string, number>;
}>;

/** People who have an account before they are invited: those join without hashing anything. */
export const accounts = 900;
export const accountOf = (number: number) => `plain-account-${number % accounts}@example.org`;

/** Three organizations, which is as many as may invite one mailbox in a day. */
export const makeWorld = async (fleet: Fleet): Promise<World> => {
  await db().execute(sql`
    insert into users (email, name, password_hash, email_verified_at)
    select 'plain-account-' || n || '@example.org', 'Pat Account', ${passwordHash}, now() from generate_series(0, ${accounts - 1}::int) n
    on conflict do nothing`);
  const organizations: Organization[] = [];
  for (const name of ["Acme", "Globex", "Initech"]) {
    const { organizationId: id, email } = await makeOwner(name);
    const [first] = fleet.replicas;
    const visitor = new Visitor(first?.url ?? "");
    await visitor.signIn(email, password);
    organizations.push({
      id,
      name,
      owner: new Map(fleet.replicas.map((replica) => [replica, visitor.tab(replica.url)])),
    });
  }
  return { fleet, organizations, told: [], invited: [], stopped: [], retried: [], lifted: [], tally: new Map() };
};

export const count = ({ tally }: World, what: string) => void tally.set(what, (tally.get(what) ?? 0) + 1);

export type Found = { id: InvitationId; email: string };
/** Over a row of invitations named `i`. */
const states = {
  open: openSql,
  over: sql`(i.declined_at is not null or (${openSql} and i.expires_at <= now()))`,
  failed: sql`(${openSql} and i.expires_at > now() and ${newestMail} ->> 'state' = 'failed')`,
  suppressed: sql`(${openSql} and ${isSuppressedSql(sql`i.organization_id`, sql`i.email`)})`,
};
export type Standing = keyof typeof states;

/**
 * One of the newest invitations to an organization that stand so, if there is any. Of all that are open or over mostly that
 * of somebody who has an account, for whoever has none hashes a password when they join.
 */
export const findInvitation = async (
  { id }: Organization,
  chance: Chance,
  standing: Standing,
): Promise<Found | null> => {
  const whoever = standing === "failed" || standing === "suppressed";
  const rows = await db().execute<Found>(sql`
    select i.id, i.email from invitations i where i.organization_id = ${id} and ${states[standing]}
      and (${whoever} or (i.email like 'plain-account-%') = ${chance.percent(92)})
    order by i.created_at desc, i.id limit 40`);
  return rows.length > 0 ? chance.oneOf(rows) : null;
};

/** The open ones of these whose mail waits, its first try to come or made in vain. */
export const findWaiting = ({ id }: Organization, emails: readonly string[], tried: boolean) =>
  db().execute<Found>(sql`
    select i.id, i.email from invitations i join outbox o on o.invitation_id = i.id
    where i.organization_id = ${id} and i.email in (select jsonb_array_elements_text(${JSON.stringify(emails)}::jsonb))
      and num_nonnulls(i.accepted_at, i.declined_at, i.revoked_at) = 0
      and o.state = 'queued' and (o.attempts > 0) = ${tried}
    order by i.email`);

/** How many mails wait, whoever they are to. */
export const countWaiting = async (): Promise<number> => {
  const [row] = await db().execute<{ n: number }>(sql`select count(*)::int as n from outbox where state = 'queued'`);
  return row?.n ?? 0;
};

export const runOut = (id: InvitationId) =>
  db().execute(sql`
    update invitations set expires_at = clock_timestamp()
    where id = ${id} and num_nonnulls(accepted_at, declined_at, revoked_at) = 0`);

/** A week's invitations that nobody was reminded of, a few of the newest whose mail has left, were sent six days earlier. */
export const comeNear = ({ id }: Organization) =>
  db().execute(sql`
    with near as (
      select i.id, o.id as mail from invitations i join outbox o on o.invitation_id = i.id and o.kind = 'invitation' and o.send = i.sends
      where i.organization_id = ${id} and ${openSql} and i.reminded_at is null and o.state in ('sent', 'delivered', 'delayed')
        and i.expires_at > clock_timestamp() + interval '6 days 1 hour'
      order by i.created_at desc, i.id limit 10 for update skip locked
    ), invited as (
      update invitations set last_sent_at = last_sent_at - interval '6 days', expires_at = expires_at - interval '6 days'
      from near where invitations.id = near.id
    ), mailed as (
      update outbox set first_attempt_at = first_attempt_at - interval '6 days', last_attempt_at = last_attempt_at - interval '6 days'
      from near where outbox.id = near.mail
    )
    update outbox_attempts set started_at = started_at - interval '6 days', finished_at = finished_at - interval '6 days'
    from near where outbox_id = near.mail`);

/** By the clock of the database, in its own words. */
export const moment = async (): Promise<string> => {
  const [row] = await db().execute<{ now: string }>(sql`select clock_timestamp()::text as now`);
  return row?.now ?? "";
};

/** It may be sent again by now. */
export const ripen = (id: InvitationId) => age(id, "6 minutes");
