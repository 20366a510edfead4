import type { ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { lastWords } from "./cluster";
import { clearStalePid, serverPid } from "./pid";
import type { Run } from "./runner";

type Address = { host: string; port: number; database: string; user: string };

/** A port of this machine, and who may come in by it, in lines of pg_hba.conf (Postgres's manual, 20.1). */
export type Network = { port: number; admits: readonly string[] };
type Settings = { throwAway: boolean; network: Network | null };

/** How long a server that keeps exiting is started again; one that is busy recovering is waited for without end. */
const GIVE_UP_MS = 15_000;
const PAUSE_MS = 50;

/** Errors, with the rows they quote, stay out of the log: it keeps what happened to the server, not to people. */
const SETTINGS = [
  "log_min_messages=log",
  "log_checkpoints=off",
  "timezone=UTC",
  "log_timezone=UTC",
  "max_connections=200",
];
const THROW_AWAY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/** Adopts the server that answers at this address, or starts one and waits until it does. */
export async function untilItAnswers(folder: string, run: Run, at: Address, settings: Settings): Promise<void> {
  const startedAt = Date.now();
  let ours: ChildProcess | undefined;
  while (!(await answers(at))) {
    const runs = serverPid(folder) !== null || (ours && ours.exitCode === null && ours.signalCode === null);
    if (!runs) {
      if (ours && Date.now() - startedAt > GIVE_UP_MS)
        throw new Error(`The embedded database does not start:\n${lastWords(join(folder, "log"))}`);
      clearStalePid(folder, at.port);
      ours = start(folder, run, at, settings);
    }
    await sleep(PAUSE_MS);
  }
}

function start(folder: string, run: Run, at: Address, { throwAway, network }: Settings): ChildProcess {
  const settings = [
    `listen_addresses=${network ? "127.0.0.1" : ""}`,
    `unix_socket_directories=${folder}`,
    "unix_socket_permissions=0700",
    ...SETTINGS,
    ...(throwAway ? THROW_AWAY : []),
  ];
  const log = openSync(join(folder, "log"), "a", 0o600);
  const args = ["-D", join(folder, "data"), "-p", String(at.port), ...settings.flatMap((setting) => ["-c", setting])];
  const server = run("postgres", args, log);
  closeSync(log);
  server.on("error", () => {}); // a program that can't be run is seen by its exit, like any other failure
  server.unref();
  return server;
}

async function answers(at: Address): Promise<boolean> {
  const sql = postgres({ ...at, max: 1, connect_timeout: 2, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
