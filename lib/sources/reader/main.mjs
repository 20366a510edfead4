import postgres from "postgres";
import { MOST_RELATIONS, readable, started } from "./catalogue.mjs";
import { Fault, faultOf } from "./fault.mjs";
import { findTarget } from "./target.mjs";
import { openWire } from "./wire.mjs";

/**
 * @typedef {object} Errand What the program is sent for, as one JSON on its standard input.
 * @property {{ host: string, port: number, database: string, user: string, password: string, sslmode: import("./wire.mjs").SslMode }} source
 * @property {import("./target.mjs").Bounds} bounds
 * @property {string} ownStart What `started` gives on our own database: no other server gives the same.
 */

// A program of its own, because nobody knows what listens at an address that somebody typed: postgres.js can throw outside
// any promise, wait without end, or be sent into hours of arithmetic by a hostile answer. Whatever happens here, the server
// goes on and ends this process when its time is over. It says what it found as lines of JSON, the last of them `done` or
// why not.

/** What one source may make us read: five times the widest catalogue we would keep. */
const MOST_BYTES = 96 * 1024 * 1024;
/** The first things a Postgres says: R asks who we are, E refuses, v offers another version (Postgres's manual, 53.2). */
const FIRST_LETTERS = new Set(["R", "E", "v"]);
/** Longer than any first message (libpq draws the line here too). */
const LONGEST_GREETING = 30_000;

process.on("uncaughtException", giveUp);
process.on("unhandledRejection", giveUp);

read(JSON.parse(await standardInput())).then(() => end({ done: true }), giveUp);

/** @param {Errand} errand */
async function read({ source, bounds, ownStart }) {
  const { host, port, sslmode, database, user, password } = source;
  const addresses = await findTarget(source, bounds);
  const wire = await openWire({ addresses, host, port, sslmode });
  wire.once("data", (/** @type {Buffer} */ greeting) => {
    const letter = String.fromCharCode(greeting[0] ?? 0);
    const length = greeting.length < 5 ? 0 : greeting.readUInt32BE(1);
    if (!FIRST_LETTERS.has(letter) || length > LONGEST_GREETING) wire.destroy(new Fault("not-postgres"));
  });
  wire.on("data", () => wire.bytesRead > MOST_BYTES && wire.destroy(new Fault("too-large")));
  // postgres.js misses a hang-up that comes before it listens. Whatever it still has to say comes first.
  wire.once("close", () => setTimeout(giveUp, 100, new Fault("hung-up")));
  let taken = false;
  // Its types don't know `socket`.
  const options = {
    ...{ host, port, database, user, password },
    ...{ max: 1, ssl: false, prepare: false, fetch_types: false, connect_timeout: 5, onnotice: () => {} },
    // Nothing but the name: poolers refuse connections that set more.
    connection: { application_name: "gatehouse" },
    socket: () => {
      // It asks again when the server hangs up before it has let us in, and would do so for ever.
      if (taken) throw new Fault("hung-up");
      taken = true;
      return wire;
    },
  };
  const sql = postgres(options);
  await sql.begin("read only", async (tx) => {
    await tx.unsafe("set local default_transaction_read_only = on; set local statement_timeout = '10s'");
    const [self] = await tx.unsafe(`select ${started} as start`);
    if (self?.start === ownStart) throw new Fault("own-database");
    /** @type {import("./catalogue.mjs").Found[]} */
    const found = await tx.unsafe(readable);
    if (found.length > MOST_RELATIONS) throw new Fault("too-large");
    for (const row of found) say(row);
  });
}

/** @param {unknown} error */
function giveUp(error) {
  end({ fault: faultOf(error) });
}

/** @param {object} line */
function say(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** @param {object} last */
function end(last) {
  process.stdout.write(`${JSON.stringify(last)}\n`, () => process.exit());
}

async function standardInput() {
  let text = "";
  for await (const part of process.stdin) text += part;
  return text;
}
