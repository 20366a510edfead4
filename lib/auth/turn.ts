import { sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { clear, giveBack } from "@/lib/limits/limits";

/** Tries at the password of one account, by its address, whether anybody has it or not. */
const scope = "sign-in";
const counted = { scope, max: 0, seconds: 86_400 };

/**
 * Seconds to wait after the first, second, … failure, the last for all further ones: five tries, then 15 seconds, doubling up
 * to 15 minutes (SPEC section 10). A day without a try forgets them.
 */
export const delays: readonly number[] = [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900];

/**
 * Takes a turn at an account's password. Gives null when it is one, else the moment of the next. It counts as a failure
 * until `forgetFailures`: one upsert on one row, so that of many tries at once only as many pass as should.
 */
export const takeTurn = async (database: Queryable, email: string): Promise<Date | null> => {
  const live = sql`array(select h from unnest(limits.hits) h where h > clock_timestamp() - make_interval(secs => ${counted.seconds}) order by h)`;
  const last = sql`limits.hits[cardinality(limits.hits)]`;
  const taken = await database.execute(sql`
    insert into limits (scope, subject, hits) values (${scope}, ${email}, array[clock_timestamp()])
    on conflict (scope, subject) do update set hits = (${live} || clock_timestamp())[greatest(1, cardinality(${live}) + 2 - ${delays.length}) :]
      where cardinality(limits.hits) = 0 or ${last} + ${delayAfter(sql`cardinality(${live})`)} <= clock_timestamp()
    returning 1`);
  if (taken.length > 0) return null;
  const [row] = await database.execute<{ until: string }>(sql`
    select ${last} + ${delayAfter(sql`cardinality(${live})`)} as until from limits where scope = ${scope} and subject = ${email}`);
  return new Date(row?.until ?? Date.now());
};

const delayAfter = (failures: ReturnType<typeof sql>) =>
  sql`make_interval(secs => coalesce((array[${sql.join(
    delays.map((seconds) => sql.raw(String(seconds))),
    sql`, `,
  )}])[least(${failures}, ${delays.length})], 0))`;

/** The person has shown that they are who they say. */
export const forgetFailures = (database: Queryable, email: string): Promise<void> => clear(database, counted, email);

/** The turn was taken but no password was tried. */
export const returnTurn = (database: Queryable, email: string): Promise<void> => giveBack(database, counted, email);
