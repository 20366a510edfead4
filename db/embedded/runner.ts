import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { linkLibraries, packageIn } from "./links.mjs";

// turbopackIgnore: the build would otherwise take the paths for imports and pack the whole project.

/** The folder the product runs in: the sources, or the finished product. */
const home = packageIn(/* turbopackIgnore: true */ process.cwd());

const program = (name: "initdb" | "postgres") => join(home, "native/bin", name);

/** The user Linux itself calls nobody; Postgres refuses to run as root. */
const NOBODY = 65534;
const IN_NAMESPACE = ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];

type Runner = { prefix: string[]; user: { uid?: number; gid?: number } };

export type Run = (name: "initdb" | "postgres", args: string[], log: number) => ChildProcess;

/**
 * Makes the folder of the embedded database and gives the way to run its programs there.
 * As root they run as whoever the folder belongs to, and when that is root as nobody: inside a user namespace, where
 * files stay root's own and private folders can be entered; where the machine forbids namespaces, the folder is handed
 * over to nobody. Refuses, naming the ways out, when neither works.
 */
export function prepare(folder: string): Run {
  linkLibraries(home);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { prefix, user } = process.getuid?.() === 0 ? asOrdinaryUser(folder) : { prefix: [], user: {} };
  return (name, args, log) => {
    const [command = program(name), ...rest] = [...prefix, program(name), ...args];
    // detached: Ctrl-C in a terminal goes to the whole foreground group, and the database must outlive us by a moment
    return spawn(/* turbopackIgnore: true */ command, rest, {
      ...user,
      detached: true,
      stdio: ["ignore", log, log],
      cwd: folder,
    });
  };
}

function asOrdinaryUser(folder: string): Runner {
  const { uid, gid } = statSync(folder);
  if (uid !== 0) return { prefix: [], user: { uid, gid } };
  if (runs([...IN_NAMESPACE, "true"])) return { prefix: IN_NAMESPACE, user: {} };

  const nobody = { uid: NOBODY, gid: NOBODY };
  chmodSync(dirname(folder), 0o711);
  runs(["chown", "-R", `${NOBODY}:${NOBODY}`, folder]);
  if (runs(["test", "-w", folder, "-a", "-x", program("postgres")], nobody)) return { prefix: [], user: nobody };
  runs(["chown", "-R", "0:0", folder]);
  throw new Error(
    "Postgres refuses to run as root, and this machine allows neither a user namespace nor user 65534 to reach " +
      `${folder}. Start Gatehouse as an ordinary user, or set DATABASE_URL to a Postgres of your own.`,
  );
}

const runs = ([command = "", ...args]: string[], user: Runner["user"] = {}) =>
  spawnSync(/* turbopackIgnore: true */ command, args, { ...user, cwd: "/", stdio: "ignore" }).status === 0;
