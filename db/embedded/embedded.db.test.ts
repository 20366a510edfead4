import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connect, type Target } from "@/db/client";
import { migrate } from "@/db/migrate";
import { freePort } from "@/lib/testing/server";
import { type Embedded, startEmbedded } from ".";
import { serverPid } from "./pid";

let dataDir: string;
let running: Embedded[];
const folder = () => join(dataDir, "postgres");

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "gatehouse-embedded-"));
  running = [];
});
afterEach(async () => {
  for (const server of running) await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const start = async (options?: Parameters<typeof startEmbedded>[1]) => {
  const server = await startEmbedded(dataDir, options);
  running.push(server);
  return server;
};

const ask = async (target: Target, query: string) => {
  const sql = connect(target, 1);
  try {
    return await sql.unsafe(query);
  } finally {
    await sql.end();
  }
};

/** The server is brought back in the background: asks until it answers. */
const askUntilBack = async (target: Target, query: string) => {
  for (let tries = 0; ; tries++) {
    try {
      return await ask(target, query);
    } catch (error) {
      if (tries > 100) throw error;
      await sleep(50);
    }
  }
};

const kill = (pid: number | null) => {
  if (pid === null) throw new Error("No server runs");
  process.kill(pid, "SIGKILL");
};

test("the folder and the socket are for their owner alone, and nothing listens on the network", async () => {
  const server = await start();
  expect(statSync(folder()).mode & 0o077).toBe(0);
  expect(existsSync(join(folder(), ".s.PGSQL.5432"))).toBe(true);
  expect(await ask(server, "show listen_addresses")).toEqual([{ listen_addresses: "" }]);
});

test("with a network it lets in by its port whom it admits, and by the socket whoever made it", async () => {
  const network = { port: await freePort(), admits: ["host postgres reader 127.0.0.1/32 trust"] };
  const server = await start({ network });
  await ask(server, "create role reader login");
  const enter = async (user: string) =>
    (await ask({ url: `postgres://${user}@127.0.0.1:${network.port}/postgres` }, "select current_user::text as me"))[0];
  expect(await enter("reader")).toEqual({ me: "reader" });
  await expect(enter("gatehouse")).rejects.toThrow("no pg_hba.conf entry");
  kill(serverPid(folder()));
  expect(await askUntilBack(server, "select current_user::text as me")).toEqual([{ me: "gatehouse" }]);
  expect(await enter("reader")).toEqual({ me: "reader" });
});

test("several starts at once agree on one server, and the last to leave ends it", async () => {
  const [one, two] = await Promise.all([start(), start()]);
  const pid = serverPid(folder());
  expect(readdirSync(folder()).filter((name) => name.startsWith("draft"))).toEqual([]);
  await one.stop();
  expect(serverPid(folder())).toBe(pid);
  expect(await ask(two, "select 1 as one")).toEqual([{ one: 1 }]);
  await two.stop();
  expect(serverPid(folder())).toBeNull();
});

test("two that leave together don't leave the server behind", async () => {
  const both = await Promise.all([start(), start()]);
  await Promise.all(both.map((server) => server.stop()));
  expect(serverPid(folder())).toBeNull();
});

test("a server that is killed comes back with every row that was acknowledged", async () => {
  const server = await start();
  await ask(server, "create table kept (number int)");
  await ask(server, "insert into kept values (7)");
  const killed = serverPid(folder());
  kill(killed);
  expect(await askUntilBack(server, "select number from kept")).toEqual([{ number: 7 }]);
  expect(serverPid(folder())).not.toBe(killed);
});

test("what a killed server left behind, with a number that is now someone else's, does not keep it from starting", async () => {
  const server = await start({ throwAway: true });
  await server.stop();
  for (const file of [join(folder(), "data/postmaster.pid"), join(folder(), ".s.PGSQL.5432.lock")])
    writeFileSync(file, `${process.pid}\n${join(folder(), "data")}\n`, { mode: 0o600 });
  expect(await ask(await start({ throwAway: true }), "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a first start that was killed leaves nothing half made", async () => {
  const first = await start({ throwAway: true });
  await first.stop();
  rmSync(join(folder(), "data"), { recursive: true });
  const abandoned = join(folder(), "draft.abandoned");
  writeFileSync(abandoned, "");
  utimesSync(abandoned, 0, 0);
  const second = await start({ throwAway: true });
  expect(await ask(second, "select 1 as one")).toEqual([{ one: 1 }]);
  expect(existsSync(abandoned)).toBe(false);
});

test("a data folder whose path is too long for a socket is refused by name", () =>
  expect(startEmbedded(join(tmpdir(), "x".repeat(100)))).rejects.toThrow(/^DATA_DIR: /));

test("replicas that start together migrate once", async () => {
  const server = await start({ throwAway: true });
  await Promise.all([migrate(server), migrate(server), migrate(server)]);
  const [row] = await ask(
    server,
    "select count(*)::int as all, count(distinct hash)::int as different from drizzle.__drizzle_migrations",
  );
  expect(row?.all).toBeGreaterThan(0);
  expect(row?.all).toBe(row?.different);
});
