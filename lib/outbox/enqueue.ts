import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import { config } from "@/lib/config.mjs";
import { announced } from "./announce";
import type { Mail } from "./mails";
import { mayHaveGone } from "./through";

/** The NOTIFY channel that wakes the workers of every replica when a change with mail commits. */
export const channel = "outbox";

/** Whether mail goes anywhere. Without it invitations are `link only`, and nothing may be enqueued. */
export const mailIsConfigured = (): boolean => config().mail.kind !== "none";

const waiting = sql`state in ('queued', 'sending')`;

/**
 * The turn that each organization of the mails in `promised` has taken already: its last that waits, or the one that all
 * have come to, which is the lowest that is due. So whoever comes late stands beside the next of everybody else, neither
 * behind the ten thousand of another nor before them with what it has saved up.
 */
const lastTurns = sql`
  select organization_id, greatest(
    (select max(o.turn) from outbox o where o.organization_id = each.organization_id and ${waiting}),
    coalesce(
      (select o.turn - 1 from outbox o where ${waiting} and priority = 1 and next_attempt_at <= clock_timestamp() order by turn limit 1),
      (select o.turn - 1 from outbox o where ${waiting} and priority = 1 order by turn limit 1), 0)) as last
  from (select distinct organization_id from promised) as each`;

/**
 * Promises mails in the transaction of the change they speak of: they exist exactly when it commits. 1 and 10,000 mails
 * take the same two statements. They are sent at once, or not before `at`; codes and resets, which people wait for, first,
 * and those of each organization in turn with everybody else's. Throws when no mail is configured: such mail
 * would go out much later, when it is.
 */
export const enqueue = async (tx: Tx, mails: readonly Mail[], at?: Date): Promise<void> => {
  if (mails.length === 0) return;
  if (!mailIsConfigured()) throw new Error("Mail was promised although none is configured");
  // One parameter for all: Postgres takes 65,535 a statement.
  await tx.execute(
    announced(sql`
    with promised as (
      select mail, place, (mail ->> 'organizationId')::uuid as organization_id,
        case when mail ->> 'kind' in ('code', 'reset', 'already-registered') then 0 else 1 end as priority
      from jsonb_array_elements(${JSON.stringify(mails)}::jsonb) with ordinality as given (mail, place)
    )
    insert into outbox (kind, to_email, organization_id, invitation_id, send, priority, turn, next_attempt_at, payload)
    select mail ->> 'kind', mail ->> 'to', p.organization_id, (mail ->> 'invitationId')::uuid, (mail ->> 'send')::smallint,
      priority, case priority when 0 then 0 else last + row_number() over (partition by p.organization_id, priority order by place) end,
      coalesce(${at?.toISOString() ?? null}::timestamptz, clock_timestamp()), mail
    from promised p join (${lastTurns}) turns on turns.organization_id is not distinct from p.organization_id
    order by place
    returning organization_id`),
  );
  await tx.execute(sql`select pg_notify(${channel}, '')`);
};

// Shown to people beside the mail.
const reasons = {
  ended: "The invitation ended before it was sent.",
  "sent-again": "The invitation was sent again before this mail had left.",
};

/**
 * Takes back the queued mail of invitations that are about to end, or to go out again with another expiry. Call it with
 * the invitations locked and before that is dated by `clock_timestamp()`: claiming and this wait for each other, so no
 * attempt starts after that date.
 */
export const withdraw = async (
  tx: Tx,
  invitationIds: readonly InvitationId[],
  because: keyof typeof reasons = "ended",
): Promise<void> => {
  const ids = sql`(select value::uuid from jsonb_array_elements_text(${JSON.stringify(invitationIds)}::jsonb))`;
  await tx.execute(
    announced(sql`
    with held as (
      select id from outbox where invitation_id in ${ids} and state in ('queued', 'sending') order by id for update
    )
    update outbox set state = 'cancelled', settled_at = clock_timestamp(), reason = ${reasons[because]}
    from held where outbox.id = held.id and outbox.state = 'queued' and not ${mayHaveGone(sql`outbox.id`)}
    returning organization_id`),
  );
};
