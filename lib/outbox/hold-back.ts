import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { OrganizationId } from "@/db/schema/ids";
import { announced } from "./announce";
import { mayHaveGone } from "./through";

/**
 * Settles the invitations and reminders that wait to go to somebody who wants none: of one organization, or, without it,
 * of all. One that is under way is left to finish. Those that are promised later are held back when they are claimed.
 */
export const holdBack = async (tx: Tx, email: string, organizationId: OrganizationId | null): Promise<void> => {
  const from = organizationId === null ? sql`true` : sql`organization_id = ${organizationId}`;
  await tx.execute(
    announced(sql`
    with held as (
      select id from outbox where to_email = ${email} and kind in ('invitation', 'reminder') and ${from}
        and state in ('queued', 'sending') order by id for update
    )
    update outbox set state = 'suppressed', settled_at = clock_timestamp(), reason = ${unwanted}
    from held where outbox.id = held.id and outbox.state = 'queued' and not ${mayHaveGone(sql`outbox.id`)}
    returning organization_id`),
  );
};

/** Shown to people beside the mail. */
const unwanted = "Whoever reads mail at this address asked for no more invitations.";
