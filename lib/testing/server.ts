import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "@/db/client";

/** A port that nothing listens on right now. */
export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("No port was given");
  return address.port;
};

/** A folder for a server's data, removed by `forget`. */
export const dataFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "gh-"));
  return { folder, forget: () => rmSync(folder, { recursive: true, force: true }) };
};

export type Server = {
  url: string;
  pid: number;
  /** What it has printed so far. */
  printed: () => string;
  /** SIGTERM, and waits until it is gone; gives the exit code. */
  stop: () => Promise<number | null>;
  /** SIGKILL, and waits until it is gone. */
  kill: () => Promise<void>;
};

/**
 * Starts the real product as `npm start` does, in a process of its own, and waits until `/readyz` answers. Two servers on
 * one data folder share its database, as replicas do. Throws what was printed when it exits or takes over a minute.
 */
export const startServer = async (env: Record<string, string>, flags: readonly string[] = []): Promise<Server> => {
  const port = env.PORT ?? String(await freePort());
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["lib/cli/start.mjs", ...flags], {
    env: { NODE_ENV: "production", PATH, HOME, LOG_LEVEL: "warn", ...env, PORT: port },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += String(chunk)));
  const url = env.APP_URL ?? `http://localhost:${port}`;
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  for (const started = Date.now(); !(await answers()); await sleep(50)) {
    if (child.exitCode !== null || Date.now() - started > 60_000) {
      child.kill("SIGKILL");
      throw new Error(`The server did not become ready:\n${printed}`);
    }
  }
  return {
    url,
    pid: child.pid ?? 0,
    printed: () => printed,
    stop: () => end(child, "SIGTERM"),
    kill: async () => void (await end(child, "SIGKILL")),
  };
};

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
  return child.exitCode;
};

/** The database of a server on this data folder, past the product: for looking at what is really there. */
export const databaseOf = (folder: string, max = 2) =>
  connect({ host: join(folder, "postgres"), user: "gatehouse", database: "postgres" }, max);
