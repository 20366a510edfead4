import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The process id of the server on this cluster, or null when none runs. */
export function serverPid(folder: string): number | null {
  const written = firstLine(join(folder, "data", "postmaster.pid"));
  if (!/^\d+$/.test(written)) return null;
  return runsOn(folder, Number(written)) ? Number(written) : null;
}

/**
 * Removes what a server that was killed left behind.
 * Postgres itself only asks whether the process id exists, and takes a zombie, or a stranger that got the same number
 * after a container restarted, for a running server: then it never starts again.
 */
export function clearStalePid(folder: string, port: number): void {
  if (serverPid(folder) !== null) return;
  for (const file of [join(folder, "data", "postmaster.pid"), join(folder, `.s.PGSQL.${port}.lock`)])
    rmSync(file, { force: true });
}

/** A zombie has an empty command line, a stranger another one. Without /proc the process id has to do. */
function runsOn(folder: string, pid: number): boolean {
  if (existsSync("/proc/self/cmdline"))
    return firstLine(`/proc/${pid}/cmdline`).split("\0").includes(join(folder, "data"));
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function firstLine(file: string): string {
  try {
    return readFileSync(file, "utf8").split("\n", 1)[0] ?? "";
  } catch {
    return "";
  }
}
