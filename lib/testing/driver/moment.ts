import { sql } from "drizzle-orm";
import { db } from "@/db/client";

// What has to be true at every moment, not only when all is over: mail that ought to be gone by now may be mended later.

/**
 * Whoever ends an invitation or sends it again takes back its mail and its reminder that nobody has tried yet, and so does
 * whoever wants no more of them from their organization, in the same transaction: no look at the database sees the one
 * without the other. One who wants none from any is not looked for here: another organization may be promising one at the
 * same moment, which is then held back when it is claimed. Throws what it sees.
 */
export const judgeMoment = async (): Promise<void> => {
  const [stray] = await db().execute(sql`
    select o.id, o.kind, o.send, i.sends, i.accepted_at, i.declined_at, i.revoked_at, b.created_at as blocked_at
    from outbox o join invitations i on i.id = o.invitation_id
      left join blocks b on b.email = o.to_email and b.organization_id = o.organization_id
    where o.kind in ('invitation', 'reminder') and o.state = 'queued' and o.attempts = 0
      and (num_nonnulls(i.accepted_at, i.declined_at, i.revoked_at) > 0 or o.send < i.sends
        or b.email is not null) limit 1`);
  if (stray) throw new Error(`A mail still waits that was to be taken back: ${JSON.stringify(stray)}`);
};
