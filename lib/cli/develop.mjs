import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./root.mjs";

/**
 * Runs Next's development server, with the front before it. It makes its own processes, which load the front by NODE_OPTIONS.
 * @param {import("../config.mjs").Config} config
 */
export function develop({ listen, port }) {
  const next = createRequire(join(root, "package.json")).resolve("next/dist/bin/next");
  const front = new URL("../http/preload.mjs", import.meta.url).href;
  Object.assign(process.env, { NODE_OPTIONS: `--import=${front}` });
  const child = spawn(process.execPath, [next, "dev", "-H", listen, "-p", String(port)], {
    cwd: root,
    stdio: "inherit",
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => child.kill(signal));
  child.on("exit", (code) => process.exit(code ?? 1));
}
