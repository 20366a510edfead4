import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { log } from "@/lib/log";
import type { Claimed } from "./claim";
import { withoutSecret } from "./complete";
import { channel } from "./enqueue";
import { type Pace, provider } from "./pace";
import type { Rate } from "./rate";
import type { Answer } from "./rules";

/**
 * Keeps what an answer says of the provider itself, for the workers of all replicas: that it refuses us, wants to be left
 * alone, takes mail again, or at what rate it does. Most answers say nothing new, and cost nothing.
 */
export const learn = async (claim: Claimed, answer: Answer): Promise<void> => {
  const transport = provider();
  if (!transport) return;
  if (answer.refusesUs) await pause(transport, withoutSecret(answer.reason, claim) ?? "It does not say why.", answer);
  else if (answer.holdSeconds > 0) await keepQuiet(transport, answer.holdSeconds);
  // Only the one try a minute ends a pause: a mail that was under way when it began says nothing of what came after. To
  // judge a mail, whatever the verdict, is not to refuse us.
  else if ((answer.outcome === "sent" || answer.outcome === "failed") && claim.pace.probing) await goOn(transport);
  if (answer.rate && isNew(answer.rate, claim.pace.rate)) await keepRate(transport, answer.rate);
};

type Provider = NonNullable<ReturnType<typeof provider>>;

const keepQuiet = (transport: Provider, seconds: number) =>
  db().execute(sql`
    insert into mail_flow (transport, quiet_until) values (${transport}, clock_timestamp() + make_interval(secs => ${seconds}))
    on conflict (transport) do update set quiet_until = greatest(mail_flow.quiet_until, excluded.quiet_until)`);

/** Of all workers that hear it, the one that writes down the pause says so, once. */
const pause = async (transport: Provider, reason: string, { holdSeconds, httpStatus }: Answer): Promise<void> => {
  await keepQuiet(transport, holdSeconds);
  const first = await db().execute(sql`
    update mail_flow set paused_since = clock_timestamp(), paused_reason = ${reason}
    where transport = ${transport} and paused_since is null returning 1`);
  if (first.length > 0)
    log.error({ status: httpStatus, reason }, "the mail provider refuses us: mail waits until it doesn't");
};

const goOn = async (transport: Provider): Promise<void> => {
  const over = await db().execute(sql`
    update mail_flow set paused_since = null, paused_reason = null, quiet_until = null
    where transport = ${transport} and paused_since is not null
    returning pg_notify(${channel}, '')`);
  if (over.length > 0) log.info("the mail provider takes mail again");
};

// Without a policy we are told the rest of a window, so the longest rest that was ever told is nearest to the whole.
const isNew = (said: Rate, known: Pace["rate"]) =>
  known === null ||
  said.limit !== known.limit ||
  (said.whole ? said.seconds !== known.seconds : said.seconds > known.seconds);

const keepRate = (transport: Provider, { limit, seconds, whole }: Rate) =>
  db().execute(sql`
    insert into mail_flow (transport, rate_limit, rate_seconds) values (${transport}, ${limit}, ${seconds})
    on conflict (transport) do update set rate_limit = excluded.rate_limit,
      rate_seconds = case when mail_flow.rate_limit = excluded.rate_limit and not ${whole}
        then greatest(mail_flow.rate_seconds, excluded.rate_seconds) else excluded.rate_seconds end`);
