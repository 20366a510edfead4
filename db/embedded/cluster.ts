import { once } from "node:events";
import { closeSync, existsSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "./runner";

export const USER = "gatehouse";

/**
 * Makes the cluster `folder/data` unless it is there.
 * Under another name first and then renamed: a start that is killed leaves nothing half made, and of two at once one wins.
 */
export async function makeCluster(folder: string, run: Run, throwAway: boolean): Promise<void> {
  const cluster = join(folder, "data");
  if (existsSync(cluster)) return;
  clearDrafts(folder);

  const draft = join(folder, `draft.${process.pid}`);
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

/** The end of what Postgres wrote, for a message to the operator. */
export const lastWords = (logFile: string) => readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-12).join("\n");

function clearDrafts(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /^draft\.(\d+)$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid === process.pid ? false : process.kill(pid, 0);
  } catch {
    return false;
  }
}
