import { type SQL, sql } from "drizzle-orm";

/**
 * What somebody typed to search for, as a pattern for `like` over words in lower case: any part of them. Postgres puts both
 * sides into lower case: JavaScript does it otherwise (İ, a Σ that ends a word), and a name would not be found by itself.
 */
export const containing = (q: string): SQL => sql`lower(${`%${q.replace(/[\\%_]/g, "\\$&")}%`}::text)`;
