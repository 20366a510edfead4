import { config } from "../config.mjs";

/** For container engines: exits 0 when the process beside us answers. */
const { status } = await fetch(`http://127.0.0.1:${config().port}/healthz`);
process.exit(status === 200 ? 0 : 1);
