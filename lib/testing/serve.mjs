// The product for the browser tests: as a newcomer starts it, on a data folder that goes when the tests end. The folder
// has a known name, so that a journey can let time pass in the database.
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = join(tmpdir(), `gh-e2e-${process.env.PORT}`);
rmSync(folder, { recursive: true, force: true });
process.env.DATA_DIR = folder;
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
await import("../cli/start.mjs");
