import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "../config.mjs";
import { isFree } from "./port.mjs";

/** The one after the usual port of Postgres, and if need be those behind it. */
const FIRST_PORT = 5433;

/**
 * The environment in which the server is the demo: on a data folder of its own, with a port for the databases that its
 * sources read. The port is kept once they are there, for sources remember where they are; until then another program may
 * take it, as during the minute of the first build.
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<{ DATA_DIR: string, DEMO_PORT: string }>}
 * @throws {import("../config.mjs").ConfigProblems} when something in the environment is for a Gatehouse of one's own
 */
export async function demoEnvironment(env) {
  const { dataDir } = readConfig({ ...env, DATA_DIR: env.DATA_DIR?.trim() || ".demo", DEMO_PORT: String(FIRST_PORT) });
  return { DATA_DIR: dataDir, DEMO_PORT: await keptPort(dataDir) };
}

/** @param {string} dataDir */
async function keptPort(dataDir) {
  const file = join(dataDir, "port");
  const kept = existsSync(file) && existsSync(join(dataDir, "sources", "postgres")) ? readFileSync(file, "utf8") : "";
  if (/^\d+$/.test(kept)) return kept;
  let port = FIRST_PORT;
  while (!(await isFree("127.0.0.1", port))) port += 1;
  writeFileSync(file, String(port));
  return String(port);
}
