import { type SQL, sql } from "drizzle-orm";

/**
 * What somebody typed to search for, as a pattern for `like` over words that the query has put into lower case: any part of
 * them. Postgres does that on both sides: JavaScript does it otherwise (İ, a Σ that ends a word), and a name would not be
 * found by itself.
 */
export const containing = (q: string): SQL => sql`lower(${`%${q.replace(/[\\%_]/g, "\\$&")}%`}::text)`;
