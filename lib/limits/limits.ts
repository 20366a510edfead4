import { sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";

/** At most `max` in any `seconds`. */
export type Limit = Readonly<{ scope: string; max: number; seconds: number }>;

/**
 * Counts one use of `subject` against a limit. Gives null when it fits, else the moment at which the next one will.
 * One upsert on one row: exact under concurrency and across replicas. A refused use doesn't count.
 */
export const hit = async (database: Queryable, limit: Limit, subject: string): Promise<Date | null> => {
  const live = sql`array(select h from unnest(limits.hits) h where h > clock_timestamp() - make_interval(secs => ${limit.seconds}) order by h)`;
  const counted = await database.execute(sql`
    insert into limits (scope, subject, hits) values (${limit.scope}, ${subject}, array[clock_timestamp()])
    on conflict (scope, subject) do update set hits = ${live} || clock_timestamp()
      where cardinality(${live}) < ${limit.max}
    returning 1`);
  return counted.length > 0 ? null : ((await frees(database, limit, subject)) ?? new Date());
};

/** When a limit that is used up lets the next one through; null when it does so now. Counts nothing. */
export const frees = async (database: Queryable, limit: Limit, subject: string): Promise<Date | null> => {
  const [row] = await database.execute<{ until: string | null }>(sql`
    select (select h from unnest(hits) h where h > clock_timestamp() - make_interval(secs => ${limit.seconds})
            order by h desc offset ${limit.max - 1} limit 1) + make_interval(secs => ${limit.seconds}) as until
    from limits where scope = ${limit.scope} and subject = ${subject}`);
  return row?.until ? new Date(row.until) : null;
};

/** Forgets what was counted: the person has shown that they are who they say. */
export const clear = async (database: Queryable, limit: Limit, subject: string): Promise<void> => {
  await database.execute(sql`delete from limits where scope = ${limit.scope} and subject = ${subject}`);
};

/** Takes the newest use back: it turned out to be none of those that are limited. */
export const giveBack = async (database: Queryable, limit: Pick<Limit, "scope">, subject: string): Promise<void> => {
  await database.execute(sql`
    update limits set hits = hits[:cardinality(hits) - 1] where scope = ${limit.scope} and subject = ${subject}`);
};

/** Who an address of origin is to a limit: an IPv4 address, or an IPv6 network of /64 (SPEC section 10). */
export const originOf = (address: string): string => {
  if (!address.includes(":")) return address;
  const [head = "", tail = ""] = address.toLowerCase().split("%")[0]?.split("::") ?? [];
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const middle = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  return [...left, ...middle, ...right]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ""))
    .join(":");
};
