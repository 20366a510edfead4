import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import type { Grant } from "@/lib/access/grant";
import { openSql } from "@/lib/invitations/queries";
import { type MailShown, mailJson, readMail, type StoredMail } from "./mail";

/** A mail of the organization that didn't arrive, as far as anybody knows; of an invitation if it is one's. */
export type Undelivered = Readonly<{ mail: MailShown; to: string; at: Date; invitationId: InvitationId | null }>;

/** So many are shown: whoever looks for older ones finds them on the invite's own page. */
export const mostUndelivered = 50;

/**
 * Mail that failed, bounced, was marked as spam or held back, or may be lost; the newest first. Of an invitation's only
 * what still needs somebody: not once it has ended, nor once it was sent again.
 */
export const listUndelivered = async ({ organizationId }: Grant<"access.read">): Promise<Undelivered[]> => {
  const rows = await db().execute<{ mail: StoredMail; to: string; at: string; invitationId: InvitationId | null }>(sql`
    select ${mailJson} as mail, o.to_email as to, o.created_at as at, o.invitation_id as "invitationId"
    from outbox o where o.organization_id = ${organizationId}
      and o.state in ('failed', 'bounced', 'complained', 'suppressed', 'unknown')
      and (o.invitation_id is null or exists (
        select from invitations i where i.id = o.invitation_id and i.sends = o.send and ${openSql}))
    order by o.created_at desc, o.id desc limit ${mostUndelivered}`);
  return rows.map(({ mail, to, at, invitationId }) => ({ mail: readMail(mail), to, at: new Date(at), invitationId }));
};
