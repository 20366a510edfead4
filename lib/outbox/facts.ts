import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { OutboxId } from "@/db/schema/ids";
import { config } from "@/lib/config.mjs";
import { openSql } from "@/lib/invitations/queries";
import type { Mail } from "./mails";
import { retryHours } from "./rules";
import { isBlockedSql, isSuppressedSql } from "./suppressed";
import { mayHaveGone, through } from "./through";

/** What decides whether a mail may be sent now, as it is while its row is locked. */
export type Facts = Readonly<{
  now: string;
  /** Of the first attempt, which may be this one. */
  firstAt: string;
  wanted: boolean;
  tooLate: boolean;
  /** An attempt was accepted: a worker that slept heard of it after another had taken the mail over. */
  accepted: boolean;
  mayHaveGone: boolean;
  /** The same by a way on which a second try is a second mail: a mail server, or another provider than today's. */
  wouldBeASecondMail: boolean;
  suppressed: boolean;
  blocked: boolean;
}>;

/**
 * Read in a statement of its own once the mail is locked: one that ended its invitation and held the mail until just now
 * must be seen. Every moment is the database's.
 */
export const readFacts = async (tx: Tx, id: OutboxId, mail: Mail): Promise<Facts> => {
  // Whoever left an attempt unfinished died, or sleeps past its lease.
  await tx.execute(sql`
    update outbox_attempts set outcome = 'lost', finished_at = clock_timestamp(), reason = 'The worker stopped before the answer.'
    where outbox_id = ${id} and outcome is null`);
  const forgetful = config().mail.kind === "smtp";
  const [facts] = await tx.execute<Facts>(sql`
    select clock.now, coalesce(first_attempt_at, clock.now) as "firstAt", ${wanted(mail)} as wanted,
      coalesce(first_attempt_at <= clock.now - make_interval(hours => ${retryHours}), false) as "tooLate",
      exists (select from outbox_attempts where outbox_id = outbox.id and outcome = 'sent') as accepted,
      ${mayHaveGone(sql`outbox.id`)} as "mayHaveGone",
      ${mayHaveGone(sql`outbox.id`, forgetful ? sql`true` : sql`through <> ${through()}`)} as "wouldBeASecondMail",
      ${suppressed(mail)} as suppressed, ${blocked(mail)} as blocked
    from outbox, (select clock_timestamp() as now) as clock where id = ${id}`);
  if (!facts) throw new Error("A locked mail is gone");
  return facts;
};

const wanted = (mail: Mail): SQL => {
  switch (mail.kind) {
    case "invitation":
    case "reminder":
      return sql`exists (select from invitations i where i.id = ${mail.invitationId} and i.sends = ${mail.send}
        and ${openSql} and i.expires_at > clock.now)`;
    case "reset":
    case "code":
      return sql`exists (select from challenges c where c.id = ${mail.challengeId} and c.used_at is null
        and c.ended_at is null and c.expires_at > clock.now)`;
    case "asked-again":
    case "groups-left-out":
    case "access-decided":
      return sql`exists (select from memberships m where m.organization_id = ${mail.organizationId}
        and m.email = ${mail.to} and m.deactivated_at is null)`;
    case "invite-news":
      return sql`exists (select from memberships m join users u on u.id = m.user_id and u.hears_of_invites
        where m.organization_id = ${mail.organizationId} and m.email = ${mail.to} and m.deactivated_at is null)`;
    case "invites-ended":
    case "made-owner":
      return sql`exists (select from memberships m
        join group_members gm on gm.organization_id = m.organization_id and gm.user_id = m.user_id
        join groups g on g.id = gm.group_id and g.built_in = 'owners'
        where m.organization_id = ${mail.organizationId} and m.email = ${mail.to} and m.deactivated_at is null)`;
    case "access-requested":
      return sql`exists (select from access_requests r where r.id = ${mail.request} and r.decided_at is null)
        and exists (select from memberships m
          join group_members gm on gm.organization_id = m.organization_id and gm.user_id = m.user_id
          join groups g on g.id = gm.group_id
          where m.organization_id = ${mail.organizationId} and m.email = ${mail.to} and m.deactivated_at is null
            and (g.built_in = 'owners' or exists (select from policies p
              where p.group_id = g.id and p.permission = 'groups' and p.operation = 'edit')))`;
    case "already-registered":
    case "deactivated":
      return sql`true`;
  }
};

// Whoever asked for a code or a reset waits for it, and the address may have been mended since.
const suppressed = (mail: Mail): SQL =>
  "organizationId" in mail ? isSuppressedSql(mail.organizationId, mail.to) : sql`false`;

const blocked = (mail: Mail): SQL =>
  mail.kind === "invitation" || mail.kind === "reminder" ? isBlockedSql(mail.organizationId, mail.to) : sql`false`;
