import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "./schema";

export type Db = PostgresJsDatabase<typeof schema>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];
/** What a read needs: the database, or the transaction it is part of. */
export type Queryable = Db | Tx;

/** Where a Postgres is: an address as operators write it, or the socket folder of the embedded server. */
export type Target = { url: string } | { host: string; port?: number; database: string; user: string };

/**
 * Connects (lazily, `max` connections) with time-outs that keep one stuck statement from holding a lock or a page:
 * 15 s a statement, 10 s for a lock, 15 s idle inside a transaction. Times are read and written as UTC.
 */
export const connect = (target: Target, max = 10): postgres.Sql => {
  const options = {
    max,
    connect_timeout: 5,
    // A server that restarts is back within a second; the library's own pauses grow to twenty.
    backoff: () => 0.1 + Math.random() * 0.2,
    onnotice: () => {},
    connection: {
      application_name: "gatehouse",
      TimeZone: "UTC",
      statement_timeout: 15_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 15_000,
    },
  };
  return "url" in target ? postgres(target.url, options) : postgres({ ...target, ...options });
};

/** Puts Drizzle with the schema over a connection pool. */
export const database = (sql: postgres.Sql): Db => drizzle(sql, { schema });

type Opened = { sql: postgres.Sql; db: Db };
// On globalThis: Next bundles pages and instrumentation apart, and both must share the one pool that register() opened.
const slot: { [key: symbol]: Opened | undefined } = globalThis;
const key = Symbol.for("gatehouse.database");

/** Opens the pool of this process. Called once, at start, before anything asks for `db()`. */
export const openDatabase = (target: Target, max?: number): void => {
  const sql = connect(target, max);
  slot[key] = { sql, db: database(sql) };
};

const opened = (): Opened => {
  const current = slot[key];
  if (!current) throw new Error("The database is used before openDatabase()");
  return current;
};

/** The database of this process. */
export const db = (): Db => opened().db;
/** The raw client under `db()`, for LISTEN and NOTIFY. */
export const client = (): postgres.Sql => opened().sql;

/** Ends the pool, waiting up to 5 s for queries under way. */
export const closeDatabase = async (): Promise<void> => {
  await slot[key]?.sql.end({ timeout: 5 });
  slot[key] = undefined;
};
