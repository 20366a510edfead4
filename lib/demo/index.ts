import { join } from "node:path";
import { closeDatabase, connect, openDatabase, type Target } from "@/db/client";
import { type Embedded, startEmbedded } from "@/db/embedded";
import { serverPid } from "@/db/embedded/pid";
import { migrate } from "@/db/migrate";
import { isFree } from "@/lib/cli/port.mjs";
import { makeDatabases, readerMayComeIn } from "./databases";
import { fill } from "./fill";

/** The database of the filled organization, and its name while it is being filled. */
const finished = "demo";
const draft = "demo_draft";

/** The advisory lock of whoever fills. Any number. */
const FILLING = 7_400_127;

/**
 * Starts the server with the databases that the demo's sources read: another one than Gatehouse's own, which no source may
 * be. Refuses a port that something else has taken.
 */
export const startSources = async (dataDir: string, port: number, { throwAway = false } = {}): Promise<Embedded> => {
  const folder = join(dataDir, "sources");
  if (serverPid(join(folder, "postgres")) === null && !(await isFree("127.0.0.1", port)))
    throw new Error(
      `Port ${port} is taken, where the databases of this demo are. Stop what runs there, or delete ${dataDir} to begin the demo anew.`,
    );
  return startEmbedded(folder, { throwAway, network: { port, admits: readerMayComeIn } });
};

/**
 * The database of the demo, filled if it wasn't yet. It is filled under another name and then renamed: one that was cut
 * short is begun anew, of two at once one waits, and an organization of somebody's own in the same folder stays as it is.
 */
export const openDemo = async (own: Embedded, sources: Embedded): Promise<Target> => {
  const { host, user } = own;
  const sql = connect(own, 1);
  try {
    await sql`set statement_timeout = 0`;
    await sql`set lock_timeout = 0`;
    await sql`select pg_advisory_lock(${FILLING})`;
    const [there] = await sql`select from pg_database where datname = ${finished}`;
    if (!there) {
      console.log("Filling the demo; this takes some seconds and is needed once.");
      await sql.unsafe(`drop database if exists ${draft} with (force)`);
      await sql.unsafe(`create database ${draft}`);
      await fillDraft({ host, user, database: draft }, sources);
      await sql.unsafe(`alter database ${draft} rename to ${finished}`);
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
  return { host, user, database: finished };
};

const fillDraft = async (target: Target, sources: Embedded) => {
  const urls = await makeDatabases(sources);
  await migrate(target);
  openDatabase(target);
  try {
    await fill(urls);
  } finally {
    await closeDatabase();
  }
};
