import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import { type Grant, grant } from "@/lib/access/grant";
import { config } from "@/lib/config.mjs";
import { type InvitationRow, readInvitationRows } from "@/lib/directory/queries";
import { openSql } from "@/lib/invitations/queries";
import { readQuota } from "@/lib/invitations/quota";
import { peopleWhoCan, readOwners } from "@/lib/members/queries";
import { type MailStanding, mailStanding } from "@/lib/outbox/flow";

type People = readonly { name: string; email: string }[];

/** "I can't invite anyone": they can, from `until` on if there were too many; or who grants what is missing, and who can. */
export type Inviting =
  | Readonly<{ may: true; until: Date | null }>
  | Readonly<{ may: false; owners: People; others: People }>;

/** What became of invitations, newest first; null for whoever may not see any, with who may. */
export type Seen = Readonly<{ rows: readonly InvitationRow[] | null; others: People }>;

/** What Help tells one member, by the rights they hold at this moment. */
export type Help = Readonly<{
  inviting: Inviting;
  /** How mail stands, and from which address it comes. */
  mail: MailStanding;
  from: string | null;
  /** "They didn't get the email". */
  waiting: Seen;
  /** "The link has expired". Those who may send again, if this member may not. */
  expired: Seen;
  senders: People;
  support: Support;
}>;

/** How support is reached: an address, or else the owners; nobody where whoever asks is the only one. */
export type Support = Readonly<{ email: string | null; owners: People }>;

/** So many can be told apart at a glance; User Management has them all. */
const mostShown = 5;

/** Everything Help says, read when it is opened and not before. Of invitations only what the member may see anyway. */
export const readHelp = async (actor: Actor): Promise<Help> => {
  const { mail } = config();
  const reading = grant(actor, "access.read");
  const creating = grant(actor, "access.create");
  const [inviting, standing, waiting, expired, senders, support] = await Promise.all([
    readInviting(actor, creating),
    mailStanding(),
    readSeen(actor, reading, "pending"),
    readSeen(actor, reading, "expired"),
    creating ? [] : peopleWhoCan("access.create", actor),
    readSupport(actor),
  ]);
  return {
    inviting,
    mail: standing,
    from: mail.kind === "none" ? null : mail.from,
    waiting,
    expired,
    senders,
    support,
  };
};

const readInviting = async (actor: Actor, creating: Grant<"access.create"> | null): Promise<Inviting> => {
  if (creating) return { may: true, until: (await readQuota(db(), creating.organizationId, 1)).until };
  const [owners, able] = await Promise.all([readOwners(actor), peopleWhoCan("access.create", actor, 10)]);
  const others = able.filter(({ email }) => !owners.some((owner) => owner.email === email)).slice(0, mostShown);
  return { may: false, owners, others };
};

/** Which invitations `i` are meant, and the date by which the latest comes first: each can be read along an index. */
const kinds: Record<"pending" | "expired", Readonly<{ are: SQL; date: SQL }>> = {
  // None lives for longer than thirty days: what was sent before that needn't be looked at, and that may be any number.
  pending: {
    are: sql`i.expires_at > now() and i.last_sent_at > now() - interval '30 days'`,
    date: sql`i.last_sent_at`,
  },
  expired: { are: sql`i.expires_at <= now()`, date: sql`i.expires_at` },
};

/**
 * The member's own come first, and among them the latest by their date. Read apart, each along its index, for an organization
 * may have any number: the latest of all are enough to fill up with, for no more of them are the member's than were read.
 */
const readSeen = async (
  actor: Actor,
  reading: Grant<"access.read"> | null,
  kind: keyof typeof kinds,
): Promise<Seen> => {
  const { are, date } = kinds[kind];
  if (!reading) return { rows: null, others: await peopleWhoCan("access.read", actor) };
  const own = sql`i.sponsor_id = ${actor.userId}`;
  const latest = (among: SQL) => sql`(
    select i.id, ${own} as own, ${date} as at from invitations i
    where i.organization_id = ${reading.organizationId} and ${openSql} and ${are} and ${among}
    order by ${date} desc, i.id desc limit ${mostShown})`;
  const rows = await readInvitationRows(
    reading,
    sql`select id, row_number() over (order by own desc, at desc, id desc) as key
      from (${latest(own)} union ${latest(sql`true`)}) i order by key limit ${mostShown}`,
  );
  return { rows, others: [] };
};

/** How this member reaches support. */
export const readSupport = async (actor: Actor | null): Promise<Support> => {
  const { supportEmail } = config();
  if (supportEmail || !actor) return { email: supportEmail, owners: [] };
  return { email: null, owners: (await readOwners(actor)).filter(({ email }) => email !== actor.email) };
};
