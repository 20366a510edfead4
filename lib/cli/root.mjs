import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds the product, whatever folder it is started from. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Whether this is the finished product alone, without sources: nothing to build, the server lies here. */
export const isAssembled = existsSync(join(root, "server.js"));

/** Where the finished product lies: here, or where a build puts it. */
export const assembled = isAssembled ? root : join(root, ".next/standalone");
