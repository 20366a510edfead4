import { type SQL, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { config } from "@/lib/config.mjs";
import type { Rate } from "./rate";
import { through } from "./through";

/** How often we ask a provider that refuses us whether it still does. */
const probeSeconds = 60;

/**
 * What all replicas know of the provider at one moment: how long it wants nothing at all, how long nothing but urgent
 * mail, and at what rate. `probing`: it refuses us, and whoever sends next finds out whether it still does.
 */
export type Pace = Readonly<{
  urgentMs: number;
  anyMs: number;
  rate: Pick<Rate, "limit" | "seconds"> | null;
  probing: boolean;
}>;

const free: Pace = { urgentMs: 0, anyMs: 0, rate: null, probing: false };

/** Whose flow is kept: what one account was told is not held against the next. Null for the local mailbox, which takes all. */
export const provider = (): string | null => {
  const { kind } = config().mail;
  return kind === "none" || kind === "mailbox" ? null : through();
};

/** Between two mails at the provider's rate. */
const interval = sql`make_interval(secs => rate_seconds::float / rate_limit)`;

/**
 * When the next mail may leave. Bulk mail keeps to the rate exactly; one urgent mail may go ahead of its time, unless one
 * is all the provider takes, and then the bulk waits for the slot it has lost.
 */
const slotAt = (urgent: boolean): SQL =>
  urgent ? sql`next_slot_at - case when rate_limit > 1 then ${interval} else interval '0' end` : sql`next_slot_at`;

type Row = {
  urgentMs: number | null;
  anyMs: number | null;
  limit: number | null;
  seconds: number | null;
  probing: boolean;
};

/** How the provider may be spoken to now. */
export const readPace = async (): Promise<Pace> => {
  const transport = provider();
  if (!transport) return free;
  const until = (urgent: boolean) =>
    sql`(extract(epoch from greatest(quiet_until, ${slotAt(urgent)}) - clock_timestamp()) * 1000)::float`;
  const [row] = await db().execute<Row>(sql`
    select ${until(true)} as "urgentMs", ${until(false)} as "anyMs", rate_limit as limit, rate_seconds as seconds,
      paused_since is not null as probing
    from mail_flow where transport = ${transport}`);
  if (!row) return free;
  const { limit, seconds, probing } = row;
  return {
    urgentMs: Math.max(0, row.urgentMs ?? 0),
    anyMs: Math.max(0, row.anyMs ?? 0),
    rate: limit === null || seconds === null ? null : { limit, seconds },
    probing,
  };
};

/**
 * Takes the next place at the provider's rate, or the one try a minute at a provider that refuses us; whoever asks at the
 * same moment waits for this transaction and then finds it taken. Null when it is. Without rate and refusal nobody waits.
 */
export const takeSlot = async (tx: Tx, pace: Pace, urgent: boolean): Promise<Pace | null> => {
  const transport = provider();
  if (!transport || (pace.rate === null && !pace.probing)) return pace;
  const [taken] = await tx.execute<{ probing: boolean }>(sql`
    update mail_flow set
      quiet_until = case when paused_since is null then quiet_until else clock_timestamp() + make_interval(secs => ${probeSeconds}) end,
      next_slot_at = greatest(next_slot_at, clock_timestamp()) + ${interval}
    where transport = ${transport} and coalesce(greatest(quiet_until, ${slotAt(urgent)}) <= clock_timestamp(), true)
    returning paused_since is not null as probing`);
  return taken ? { ...pace, probing: taken.probing } : null;
};
