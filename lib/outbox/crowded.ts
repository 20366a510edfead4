import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { OutboxId } from "@/db/schema/ids";
import { config } from "@/lib/config.mjs";
import type { Mail } from "./mails";

/** SPEC section 10: where anybody may make an organization, one mailbox hears from so many of them. */
const most = [
  { organizations: 3, hours: 24 },
  { organizations: 10, hours: 30 * 24 },
] as const;

/**
 * Until when an invitation must wait because other organizations have invited the mailbox behind its address lately; null
 * when it may go. An organization that is among them may go on. Counted under the mailbox's own lock until the caller's
 * transaction ends, so that several at once can't all be the third.
 */
export const crowdedUntil = async (tx: Tx, mail: Mail, id: OutboxId): Promise<string | null> => {
  if (config().signupMode !== "open" || (mail.kind !== "invitation" && mail.kind !== "reminder")) return null;
  await tx.execute(sql`
    select pg_advisory_xact_lock(hashtextextended('gatehouse mailbox ' || to_mailbox, 0)) from outbox where id = ${id}`);
  const [row] = await tx.execute<{ until: string | null }>(sql`
    with invited as (
      select o.organization_id, max(o.first_attempt_at) as last from outbox o join outbox own on own.id = ${id}
      where o.to_mailbox = own.to_mailbox and o.kind in ('invitation', 'reminder')
        and o.first_attempt_at > clock_timestamp() - interval '30 days'
      group by o.organization_id
    ), nth as (
      select organization_id, last, row_number() over (order by last desc) as place from invited
    )
    select max(nth.last + rule.within) as until
    from (values ${sql.join(
      most.map(({ organizations, hours }) => sql`(${organizations}::int, make_interval(hours => ${hours}::int))`),
      sql`, `,
    )}) as rule(organizations, within)
    join nth on nth.place = rule.organizations and nth.last + rule.within > clock_timestamp()
    where not exists (select from invited own where own.organization_id = ${mail.organizationId}
      and own.last + rule.within > clock_timestamp())`);
  return row?.until ?? null;
};
