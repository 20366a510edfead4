import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { assembled, root } from "./root.mjs";

/** Written last, with the time at which the build began: a build that was cut short has none. */
export const stamp = join(assembled, "built-at");

const SOURCES = ["app", "components", "db", "emails", "lib", "instrumentation.ts"];
const SETTINGS = ["next.config.ts", "package-lock.json", "postcss.config.mjs", "tsconfig.json"];
const NOT_BUILT = /\.(test|e2e)\.tsx?$|^testing$|^node_modules$/;

/** Whether the product was never built, or a source has changed since. A folder changes when a file in it goes. */
export function isStale() {
  const builtAt = readTime();
  return builtAt === null || [...SOURCES, ...SETTINGS].some((name) => changedSince(builtAt, join(root, name)));
}

function readTime() {
  try {
    return Number(readFileSync(stamp, "utf8"));
  } catch {
    return null;
  }
}

/** @param {number} time @param {string} path @returns {boolean} */
function changedSince(time, path) {
  const entry = statSync(path);
  if (entry.mtimeMs > time) return true;
  if (!entry.isDirectory()) return false;
  return readdirSync(path).some((name) => !NOT_BUILT.test(name) && changedSince(time, join(path, name)));
}
