import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { tendInvitations } from "@/lib/invitations/due";
import { log } from "@/lib/log";
import { forgetStrangers, takeLateReports } from "@/lib/outbox/events";

const minute = 60_000;
const hour = 60 * minute;

/**
 * Forgets what can't count any more: counters past every window (the longest is a day), what was typed behind a code
 * whose page is gone, a day after it was asked for (a password's hash among it), what was reported of others' mail, then,
 * after 30 days, codes, links, sessions and sent forms themselves. Several replicas may do it at once.
 */
export const sweep = async (): Promise<void> => {
  await db().execute(sql`
    delete from limits where not exists (select from unnest(hits) h where h > clock_timestamp() - interval '2 days')`);
  await db().execute(
    sql`update challenges set payload = null where payload is not null and created_at < clock_timestamp() - interval '1 day'`,
  );
  await db().execute(sql`delete from challenges where expires_at < clock_timestamp() - interval '30 days'`);
  await db().execute(sql`
    delete from sessions where least(ended_at, expires_at) < clock_timestamp() - interval '30 days'`);
  await db().execute(sql`delete from invite_submissions where created_at < clock_timestamp() - interval '30 days'`);
  await forgetStrangers();
};

/**
 * Sweeps now and every hour, and looks after invitations and what was reported of mail now and every minute, until
 * stopped. A database that is away is for the next time.
 */
export const startSweeping = (): { stop(): void } => {
  const timers = [
    every(hour, sweep, "nothing was swept"),
    every(minute, tendInvitations, "invitations were not looked after"),
    every(minute, takeLateReports, "what was reported of mail was not looked after"),
  ];
  return { stop: () => timers.forEach(clearInterval) };
};

const every = (ms: number, task: () => Promise<void>, otherwise: string) => {
  const tick = () => void task().catch((error) => log.warn({ err: error }, otherwise));
  tick();
  return setInterval(tick, ms).unref();
};
