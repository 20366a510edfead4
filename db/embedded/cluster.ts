import { randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Run } from "./runner";

export const USER = "gatehouse";

/**
 * Makes the cluster `folder/data` unless it is there.
 * Under another name first and then renamed: a start that is killed leaves nothing half made, and of two at once one wins.
 */
export async function makeCluster(folder: string, run: Run, throwAway: boolean): Promise<void> {
  clearDrafts(folder);
  const cluster = join(folder, "data");
  if (existsSync(cluster)) return;

  const draft = join(folder, `draft.${randomUUID()}`);
  const logFile = join(folder, "log");
  const log = openSync(logFile, "a", 0o600);
  const initdb = run(
    "initdb",
    [
      ...["-D", draft, "-U", USER, "--auth=trust", "--encoding=UTF8", "--no-instructions"],
      ...["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
      ...(throwAway ? ["--no-sync"] : []),
    ],
    log,
  );
  try {
    const [code] = await once(initdb, "exit");
    if (code !== 0) throw new Error(`The embedded database could not be made:\n${lastWords(logFile)}`);
    renameSync(draft, cluster);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(cluster)) throw error;
  } finally {
    closeSync(log);
  }
}

/** Lets in by the socket, which is its owner's alone, the user the cluster was made with, and by the network only these. */
export const admitOnly = (folder: string, admits: readonly string[]): void =>
  writeFileSync(join(folder, "data", "pg_hba.conf"), [`local all ${USER} trust`, ...admits, ""].join("\n"));

/** The end of what Postgres wrote, for a message to the operator. */
export const lastWords = (logFile: string) => readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-12).join("\n");

/** A draft that nobody has touched for so long belongs to a start that was killed. Making one takes a second. */
const ABANDONED_MS = 10 * 60_000;

function clearDrafts(folder: string): void {
  for (const draft of readdirSync(folder).filter((name) => name.startsWith("draft."))) {
    const path = join(folder, draft);
    if (Date.now() - statSync(path).mtimeMs > ABANDONED_MS) rmSync(path, { recursive: true, force: true });
  }
}
