import { setTimeout as sleep } from "node:timers/promises";
import { closeDatabase, openDatabase, type Target } from "@/db/client";
import { startEmbedded } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { isUnavailable } from "@/db/unavailable";
import { config } from "@/lib/config.mjs";
import { openLog } from "@/lib/log";
import { startWorker } from "@/lib/outbox/worker";
import { startSweeping } from "@/lib/sweep";
import { greet } from "./greeting";

// Container engines kill 10 s after they ask. Whoever still waits for an answer by half of that is let go; a mail that is
// being sent gets most of the rest.
const LAST_REQUEST_MS = 5_000;
const DRAIN_MS = 4_000;
const CLOSE_MS = 4_500;

type Close = () => Promise<unknown>;

/** Brings up what requests stand on, or says why it can't and ends the process. Whatever is up goes down with it. */
export async function open(): Promise<void> {
  openLog();
  const closers: Close[] = [];
  const opening = bringUp(closers);
  beforeExit(async () => {
    await opening.catch(() => {});
    for (const close of closers.reverse()) await close();
  });
  try {
    await opening;
    await greet();
  } catch (error) {
    const where = config().databaseUrl !== null && isUnavailable(error) ? "DATABASE_URL: " : "";
    process.stderr.write(`Gatehouse can't start. ${where}${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
    await new Promise(() => {}); // Next lets requests in when this returns, and the process takes a moment to end
  }
}

async function bringUp(closers: Close[]): Promise<void> {
  const target = await findDatabase(closers);
  await migrate(target);
  openDatabase(target);
  closers.push(closeDatabase);
  const sweeping = startSweeping();
  closers.push(async () => sweeping.stop());
  const worker = startWorker();
  closers.push(() => Promise.race([worker.stop(), sleep(DRAIN_MS)]));
}

async function findDatabase(closers: Close[]): Promise<Target> {
  const { databaseUrl, dataDir, demo } = config();
  if (databaseUrl !== null) return { url: databaseUrl };
  const embedded = await startEmbedded(dataDir);
  closers.push(embedded.stop);
  if (!demo) return embedded;
  const { openDemo, startSources } = await import("@/lib/demo");
  const sources = await startSources(dataDir, demo.port);
  closers.push(sources.stop);
  return openDemo(embedded, sources);
}

/**
 * Lets `close` finish before the process ends. Next answers a signal itself: it closes its server and calls process.exit,
 * which would cut a mail that is being sent in half. It waits for open requests without end; we don't.
 */
function beforeExit(close: Close): void {
  const exit = process.exit.bind(process);
  let closing: Promise<unknown> | undefined;
  const closeAndExit = (code?: number) => {
    closing ??= Promise.race([close(), sleep(CLOSE_MS)]).catch((error) => console.error("Closing down:", error));
    void closing.then(() => exit(code));
  };
  Object.assign(process, { exit: closeAndExit });
  process.on("SIGINT", () => setTimeout(closeAndExit, LAST_REQUEST_MS, 130).unref());
  process.on("SIGTERM", () => setTimeout(closeAndExit, LAST_REQUEST_MS, 143).unref());
}
