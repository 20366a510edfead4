import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { connect } from "@/db/client";
import { dataFolder, freePort, type Server, startServer } from "@/lib/testing/server";
import { textOf, Visitor } from "@/lib/testing/visitor";
import { administrator, owner, password } from "./people";

// `npm run demo`, as a newcomer types it.
const data = dataFolder();
const servers: Server[] = [];
afterAll(async () => {
  for (const server of servers) await server.stop();
  data.forget();
});

const start = async (): Promise<Server> => {
  const server = await startServer({ DATA_DIR: data.folder }, ["--demo"]);
  servers.push(server);
  return server;
};

/** A start that is not waited for. */
const launch = async (env: Record<string, string>): Promise<ChildProcess> => {
  const { PATH = "", HOME = "" } = process.env;
  const all = { NODE_ENV: "production" as const, PATH, HOME, PORT: String(await freePort()), ...env };
  return spawn(process.execPath, ["lib/cli/start.mjs", "--demo"], { env: all, stdio: ["ignore", "ignore", "pipe"] });
};

/** How a start that refuses ends: its code and what it said. */
const refusal = async (env: Record<string, string> = {}) => {
  const refused = await launch({ DATA_DIR: data.folder, ...env });
  let said = "";
  refused.stderr?.on("data", (chunk) => (said += String(chunk)));
  const [code] = await once(refused, "exit");
  return { code, said };
};

/** Waits until some people are in the database that is being filled. */
const untilHalfFull = async (): Promise<void> => {
  for (const began = Date.now(); Date.now() - began < 60_000; await sleep(20)) {
    const sql = connect({ host: `${data.folder}/postgres`, user: "gatehouse", database: "demo_draft" }, 1);
    const people = await sql`select from users`.catch(() => []).finally(() => sql.end());
    if (people.length > 2) return;
  }
  throw new Error("Nobody came");
};

const textAt = async (visitor: Visitor, path: string) => textOf((await visitor.get(path)).html);

test("killed while it is being filled, the next start begins anew, and the one after it changes nothing", async () => {
  const doomed = await launch({ DATA_DIR: data.folder });
  const gone = once(doomed, "exit");
  await untilHalfFull();
  doomed.kill("SIGKILL");
  await gone;

  const first = await start();
  expect(first.printed()).toContain("Filling the demo");
  expect(first.printed()).toContain(password);
  const amara = new Visitor(first.url);
  await amara.signIn(owner.email, password);
  const people = await textAt(amara, "/account/users");
  expect(people).toMatch(/All 22 .*Active 15 .*Pending 6 .*Inactive 1 .*History 17/);
  await first.stop();

  const second = await start();
  expect(second.printed()).not.toContain("Filling the demo");
  expect(second.printed()).toContain(administrator);
  const jonas = new Visitor(second.url);
  await jonas.signIn(administrator, password);
  expect(await textAt(jonas, "/account/users")).toMatch(/All 22 .*Active 15 .*Pending 6 .*Inactive 1 .*History 17/);
  expect(await textAt(jonas, "/sources")).toMatch(/CRM.*Warehouse/);
  await second.stop();
}, 240_000);

test("beside the settings of a Gatehouse of somebody's own it refuses to start, in words", async () => {
  const { code, said } = await refusal({ DATABASE_URL: "postgres://db.example.org/gatehouse" });
  expect(code).toBe(78);
  expect(said).toContain("DATABASE_URL: is for a Gatehouse of your own");
});

test("where something else has taken the port of its databases it says so", async () => {
  const port = Number(readFileSync(`${data.folder}/port`, "utf8"));
  const thief = createServer().listen(port, "127.0.0.1");
  await once(thief, "listening");
  const { code, said } = await refusal();
  thief.close();
  expect(code).toBe(1);
  expect(said).toContain(`Port ${port} is taken, where the databases of this demo are.`);
});
