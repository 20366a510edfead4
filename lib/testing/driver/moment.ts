import { sql } from "drizzle-orm";
import { db } from "@/db/client";

// What has to be true at every moment, not only when all is over: mail that ought to be gone by now may be mended later.

/**
 * Whoever ends an invitation or sends it again takes back its mail that nobody has tried yet, in the same transaction: no
 * look at the database sees the one without the other. Throws what it sees.
 */
export const judgeMoment = async (): Promise<void> => {
  const [stray] = await db().execute(sql`
    select o.id, o.send, i.sends, i.accepted_at, i.declined_at, i.revoked_at
    from outbox o join invitations i on i.id = o.invitation_id
    where o.kind = 'invitation' and o.state = 'queued' and o.attempts = 0
      and (num_nonnulls(i.accepted_at, i.declined_at, i.revoked_at) > 0 or o.send < i.sends) limit 1`);
  if (stray) throw new Error(`A mail still waits that was to be taken back: ${JSON.stringify(stray)}`);
};
