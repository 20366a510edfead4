import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import { config } from "@/lib/config.mjs";
import { turnstile } from "@/lib/limits/crowd";
import { log } from "@/lib/log";
import { started } from "./reader/catalogue.mjs";
import type { FaultCode } from "./reader/fault.mjs";
import type { Address } from "./url";

/** A table or view with its columns, as its source describes it. */
export type Relation = Readonly<{ name: string; relation: RelationKind; columns: readonly Column[] }>;
export type Column = z.output<typeof Column>;
export type RelationKind = z.output<typeof RelationKind>;
/** What a user may read of a database: relations by schema; a schema may be empty. */
export type Catalogue = ReadonlyMap<string, readonly Relation[]>;

/** From the first look-up of the host to the last row; whatever is under way then is ended. */
const WHOLE_MS = 15_000;

// A name comes from a database that anybody may have made: what ours can't keep, and what is longer than Postgres allows
// (63 bytes), is no name.
const nameOf = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((name) => !/\0|\p{Cs}/u.test(name));
const Name = nameOf(128);
const RelationKind = z.enum(["table", "view", "materialized view", "foreign table", "partitioned table"]);
// With its schema, both in quotes: a length of its own, for zod would add it to that of a name.
const Type = nameOf(300);
const Column = z.object({ name: Name, type: Type, nullable: z.boolean() });
const Line = z.union([
  z.object({ schema: Name, name: z.null() }),
  z.object({ schema: Name, name: Name, relation: RelationKind, columns: z.array(Column).max(1664).nullable() }),
  z.object({ done: z.literal(true) }),
  z.object({ fault: z.custom<FaultCode>((code) => typeof code === "string") }),
]);

// Each is a process of its own, and two people on two cores connecting sources is a crowd.
const inTurn = turnstile(2, 20);

/**
 * Goes to a database and reads what the user may see there. Takes no longer than 15 seconds once it is its turn, whatever
 * the other side does. Throws `Crowded` when twenty wait already.
 */
export const visit = (source: Address): Promise<{ catalogue: Catalogue } | { fault: FaultCode }> =>
  inTurn(async () => {
    const { sourceHosts: named, databaseUrl } = config();
    const [row] = await db().execute<{ started: string }>(sql`select ${sql.raw(started)} as started`);
    const bounds = { named, own: databaseUrl === null ? null : placeOf(databaseUrl) };
    return read({ source, bounds, ownStart: row?.started ?? "" });
  });

const placeOf = (url: string) => {
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 5432) };
};

const read = async (errand: object): Promise<{ catalogue: Catalogue } | { fault: FaultCode }> => {
  const reader = startReader();
  const ended = endOf(reader);
  let late = false;
  const deadline = setTimeout(() => {
    late = true;
    reader.kill("SIGKILL");
  }, WHOLE_MS);
  try {
    reader.stdin?.on("error", () => {}); // it has gone already: it says why, or its silence does
    reader.stdin?.end(JSON.stringify(errand));
    const found = await listen(reader);
    if (found) return found;
    if (late) return { fault: "slow" };
    reader.kill("SIGKILL"); // it may go on with what we can't take for an answer
    log.warn(await ended, "The reader of a source ended without an answer");
    return { fault: "not-read" };
  } finally {
    clearTimeout(deadline);
    reader.kill("SIGKILL");
  }
};

const startReader = (): ChildProcess => {
  // turbopackIgnore: the build would otherwise take the path for an import and pack the whole project.
  const program = join(/* turbopackIgnore: true */ process.cwd(), "lib/sources/reader/main.mjs");
  const { extraCertificates } = config();
  return spawn(process.execPath, ["--max-old-space-size=256", program], {
    // None of our own environment: it holds secrets.
    env: { NODE_ENV: "production", ...(extraCertificates ? { NODE_EXTRA_CA_CERTS: extraCertificates } : {}) },
    stdio: ["pipe", "pipe", "ignore"],
  });
};

/** How a process ended, or why it never began. */
const endOf = (reader: ChildProcess) =>
  new Promise<object>((resolve) => {
    reader.once("error", (err) => resolve({ err }));
    reader.once("close", (code, signal) => resolve({ code, signal }));
  });

/** What the reader says, line by line; null when it ends in the middle or says what no database would. */
const listen = async ({ stdout }: ChildProcess): Promise<{ catalogue: Catalogue } | { fault: FaultCode } | null> => {
  const catalogue = new Map<string, Map<string, Relation>>();
  if (!stdout) return null;
  for await (const text of createInterface({ input: stdout })) {
    const line = Line.safeParse(parse(text)).data;
    if (!line) return null;
    if ("fault" in line) return { fault: line.fault };
    if ("done" in line)
      return { catalogue: new Map([...catalogue].map(([schema, relations]) => [schema, [...relations.values()]])) };
    const relations = catalogue.get(line.schema) ?? new Map<string, Relation>();
    catalogue.set(line.schema, relations);
    if (line.name === null) continue;
    if (relations.has(line.name)) return null;
    relations.set(line.name, { name: line.name, relation: line.relation, columns: line.columns ?? [] });
  }
  return null;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
