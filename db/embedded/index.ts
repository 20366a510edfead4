import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { admitOnly, makeCluster, USER } from "./cluster";
import { serverPid } from "./pid";
import { prepare } from "./runner";
import { type Network, untilItAnswers } from "./server";

export type Embedded = { host: string; port: number; database: string; user: string; stop(): Promise<void> };

/** A socket's path has to fit into 107 bytes, its name included (the kernel's sun_path). */
const LONGEST_SOCKET = 107;
/** Between two attempts to bring back a server that went away. */
const REVIVE_MS = 2_000;
/** How long the server may take to shut down before we leave it to itself; shutting down takes it 0.1 s when idle. */
const STOP_MS = 8_000;
/** The advisory lock that every process using the server holds shared. Any number. */
const PRESENCE = 7_400_125;

/**
 * Runs the real Postgres that came from npm on `dataDir/postgres`, reachable only through a socket in that folder; with
 * `network` also on a port of this machine, by those it admits there.
 * Adopts a server that already answers there; several processes may share one, and the last to stop ends it.
 * A server that goes away while it is needed is brought back.
 * `throwAway` is for tests: it trades durability for speed.
 * Refuses, in the server's own words, when the server can't be made or keeps exiting.
 */
export async function startEmbedded(
  dataDir: string,
  { throwAway = false, network = null }: { throwAway?: boolean; network?: Network | null } = {},
): Promise<Embedded> {
  const folder = join(dataDir, "postgres");
  const port = network?.port ?? 5432;
  if (Buffer.byteLength(join(folder, `.s.PGSQL.${port}`)) > LONGEST_SOCKET)
    throw new Error(
      `DATA_DIR: too long a path for the database's socket; use a shorter one, like ${tmpdir()}/gatehouse`,
    );
  const at = { host: folder, port, database: "postgres", user: USER };
  const run = prepare(folder);
  await makeCluster(folder, run, throwAway);
  if (network) admitOnly(folder, network.admits);

  let stopping = false;
  let busy = true;
  const onclose = () => void revive();
  const presence = postgres({ ...at, max: 1, max_lifetime: null, onnotice: () => {}, onclose });

  const appear = async () => {
    await untilItAnswers(folder, run, at, { throwAway, network });
    await presence`select pg_advisory_lock_shared(${PRESENCE})`;
  };
  const revive = async () => {
    if (stopping || busy) return;
    busy = true;
    for (let back = false; !back && !stopping; ) {
      back =
        (await appear().then(
          () => true,
          (error) => console.error("The embedded database went away and is not back yet:", error),
        )) === true;
      if (!back) await sleep(REVIVE_MS);
    }
    busy = false;
  };
  await appear();
  busy = false;

  const stop = async () => {
    if (stopping) return;
    stopping = true;
    if (await isLast(presence)) await shutDown(folder);
    await presence.end({ timeout: 1 });
  };
  return { ...at, stop };
}

/** Gives up our presence and asks whether anyone else's is left; a server that doesn't answer is nobody's to stop. */
async function isLast(presence: postgres.Sql): Promise<boolean> {
  const asked = presence`select pg_advisory_unlock_shared(${PRESENCE})`.then(
    () => presence<{ alone: boolean }[]>`select pg_try_advisory_lock(${PRESENCE}) as alone`,
  );
  return Promise.race([asked.then(([row]) => row?.alone === true), sleep(REVIVE_MS, false)]).catch(() => false);
}

/** SIGINT is Postgres's fast shutdown: it ends its connections, writes everything down and leaves. */
async function shutDown(folder: string): Promise<void> {
  const pid = serverPid(folder);
  if (pid === null) return;
  process.kill(pid, "SIGINT");
  for (const until = Date.now() + STOP_MS; serverPid(folder) !== null && Date.now() < until; ) await sleep(20);
}
