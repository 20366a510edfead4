import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyAll } from "drizzle-orm/postgres-js/migrator";
import { connect, type Target } from "./client";

/** The advisory lock of whoever migrates. Any number. */
const MIGRATING = 7_400_126;

/**
 * Applies every migration that the database lacks. Of several replicas that start at once one works and the others wait.
 * The lock has a connection of its own, without time-outs: Drizzle opens its own transaction on the other one.
 */
export async function migrate(target: Target, folder = join(process.cwd(), "db/migrations")): Promise<void> {
  const lock = connect(target, 1);
  const work = connect(target, 1);
  try {
    await lock`set statement_timeout = 0`;
    await lock`set lock_timeout = 0`;
    await lock`select pg_advisory_lock(${MIGRATING})`;
    await work`set statement_timeout = 0`;
    await applyAll(drizzle(work), { migrationsFolder: folder });
  } finally {
    await work.end({ timeout: 5 });
    await lock.end({ timeout: 5 });
  }
}
