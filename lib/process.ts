import { setTimeout as sleep } from "node:timers/promises";
import { closeDatabase, openDatabase } from "@/db/client";
import { startEmbedded } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { config } from "@/lib/config.mjs";
import { openLog } from "@/lib/log";
import { startWorker } from "@/lib/outbox/worker";
import { greet } from "./greeting";

/** Container engines kill 10 s after they ask; whoever still waits for an answer by then is let go. */
const LAST_REQUEST_MS = 5_000;
const DRAIN_MS = 4_000;

/** Brings up what requests stand on, in this order: database, its migrations, the outbox worker. */
export async function open(): Promise<void> {
  openLog();
  const { databaseUrl, dataDir } = config();
  const embedded = databaseUrl === null ? await startEmbedded(dataDir) : null;
  const target = embedded ?? { url: databaseUrl ?? "" };
  await migrate(target);
  openDatabase(target);
  const worker = startWorker();
  beforeExit(async () => {
    await Promise.race([worker.stop(), sleep(DRAIN_MS)]);
    await closeDatabase();
    await embedded?.stop();
  });
  await greet();
}

/**
 * Lets `close` finish before the process ends. Next answers a signal itself: it closes its server and calls process.exit,
 * which would cut a mail that is being sent in half. It waits for open requests without end; we don't.
 */
function beforeExit(close: () => Promise<void>): void {
  const exit = process.exit.bind(process);
  let closing: Promise<void> | undefined;
  const closeAndExit = (code?: number) => {
    closing ??= close().catch((error) => console.error("Closing down:", error));
    void closing.then(() => exit(code));
  };
  Object.assign(process, { exit: closeAndExit });
  for (const signal of ["SIGINT", "SIGTERM"])
    process.on(signal, () => setTimeout(closeAndExit, LAST_REQUEST_MS).unref());
}
