import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ConfigProblems, config } from "../config.mjs";
import { install } from "../http/install.mjs";
import { demoEnvironment } from "./demo.mjs";
import { develop } from "./develop.mjs";
import { isFree } from "./port.mjs";
import { withoutBanner } from "./quiet.mjs";
import { assembled, isAssembled } from "./root.mjs";
import { isStale } from "./stale.mjs";

/** The configuration is wrong (EX_CONFIG of sysexits.h). */
const WRONG_CONFIGURATION = 78;

const settings = await configOrExit();
// The server moves to its own folder and reads PORT and HOSTNAME: containers set the latter to their own name.
Object.assign(process.env, {
  DATA_DIR: settings.dataDir,
  PORT: String(settings.port),
  HOSTNAME: settings.listen,
  NEXT_TELEMETRY_DISABLED: "1",
});

if (!(await isFree(settings.listen, settings.port))) {
  console.error(
    `Port ${settings.port} is taken on ${settings.listen}. Stop what runs there, or set PORT to another one.`,
  );
  process.exit(1);
}
if (process.argv.includes("--dev")) develop(settings);
else await serve();

async function serve() {
  if (!isAssembled && isStale()) {
    console.log("Building Gatehouse; this takes about half a minute and is needed once.");
    const { build } = await import("./build.mjs"); // needs sources around it
    if (!build()) process.exit(1);
  }
  withoutBanner();
  install(settings);
  await import(pathToFileURL(join(assembled, "server.js")).href);
}

async function configOrExit() {
  try {
    if (process.argv.includes("--demo")) Object.assign(process.env, await demoEnvironment(process.env));
    return config();
  } catch (error) {
    if (!(error instanceof ConfigProblems)) throw error;
    console.error(
      `Gatehouse can't start. Its configuration needs mending:\n${error.problems.map((line) => `  ${line}`).join("\n")}`,
    );
    process.exit(WRONG_CONFIGURATION);
  }
}
