import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/grant";
import { openSql } from "@/lib/invitations/queries";
import { mailIsConfigured } from "@/lib/outbox";
import { isSuppressedSql } from "@/lib/outbox/suppressed";
import { type MailShown, mailJson, readMail, type StoredMail } from "./mail";

/**
 * A mail of the organization that didn't arrive, as far as anybody knows; of an invitation if it is one's. `spared`: no mail
 * goes to its address.
 */
export type Undelivered = Readonly<{
  mail: MailShown;
  to: string;
  spared: boolean;
  at: Date;
  invitationId: InvitationId | null;
}>;
type Row = Omit<Undelivered, "mail" | "at"> & { mail: StoredMail; at: string };

/** The newest of them. `more`: there may be older ones that are not among them. */
export type UndeliveredMail = Readonly<{ rows: readonly Undelivered[]; more: boolean }>;

/** So many are shown: whoever looks for older ones finds them on the invite's own page. */
const mostShown = 50;
/** So many that went wrong are looked through for those that need somebody: how many ever did must not matter. */
export const mostLookedThrough = 1000;
/** For so long a mail of no invitation is listed: nothing that anybody does would end it. */
export const listedDays = 90;

/**
 * Mail that failed, bounced, was marked as spam or held back, or may be lost; the newest first. Of an invitation's only
 * what still needs somebody: not once it has ended, nor once it was sent again. Any other for 90 days.
 */
export const listUndelivered = async ({ organizationId }: Grant<"access.read">): Promise<UndeliveredMail> => {
  const wentWrong = sql`from outbox o where o.organization_id = ${organizationId}
    and o.state in ('failed', 'bounced', 'complained', 'suppressed', 'unknown')`;
  // A join: with 100,000 mails that went wrong, an `exists` as one of two alternatives took ten times as long.
  const found = await db().execute<Row>(sql`
    select ${mailJson} as mail, o.to_email as to, o.created_at as at, o.invitation_id as "invitationId",
      ${isSuppressedSql(sql`o.organization_id`, sql`o.to_email`)} as spared
    from (select o.* ${wentWrong} order by o.created_at desc, o.id desc limit ${mostLookedThrough}) o
      left join invitations i on i.id = o.invitation_id and i.sends = o.send and ${openSql}
    where i.id is not null or (o.invitation_id is null and o.created_at > now() - make_interval(days => ${listedDays}))
    order by o.created_at desc, o.id desc limit ${mostShown + 1}`);
  const rows = found.slice(0, mostShown);
  const [all] = await db().execute<{ many: boolean }>(sql`
    select count(*) > ${mostLookedThrough} as many from (select ${wentWrong} limit ${mostLookedThrough + 1}) o`);
  return {
    rows: rows.map(({ mail, at, ...row }) => ({ ...row, mail: readMail(mail), at: new Date(at) })),
    more: found.length > mostShown || all?.many === true,
  };
};

/**
 * Whether this actor may have a mail of no invitation tried once more; an invitation's is tried again beside the invitation.
 * The command decides again.
 */
export const mayTryAgain = (actor: Actor, { mail, spared, invitationId }: Undelivered): boolean =>
  invitationId === null && mail.retriable && !spared && mailIsConfigured() && actor.rights.has("access.create");
