import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { makeCluster, USER } from "@/db/embedded/cluster";
import { prepare } from "@/db/embedded/runner";
import { freePort } from "./server";

/** A certificate authority that knows one host, `localhost`; its key lies in the same file. */
export const certificate = join(process.cwd(), "lib/testing/localhost.pem");

/** Everybody needs a password, over TLS or without; the two whose names say so need one of them. */
const RULES = `
local   all all         trust
hostssl all only_tls    127.0.0.1/32 scram-sha-256
hostnossl all only_plain 127.0.0.1/32 scram-sha-256
host    all only_tls,only_plain 127.0.0.1/32 reject
host    all all         127.0.0.1/32 scram-sha-256
`;

export type Warehouse = {
  port: number;
  /** The URL of a database on it, for a user whose password is `a reader's word` unless another is given. */
  url: (user: string, database?: string, password?: string) => string;
  /** Runs statements as its owner. */
  run: (statements: string, database?: string) => Promise<void>;
  /** What a query by its owner gives. */
  ask: (query: string) => Promise<Record<string, unknown>[]>;
  stop: () => Promise<void>;
};

export const readersPassword = "a reader's word";

/**
 * A Postgres as organizations have them: it listens on the network (of this machine), speaks TLS and asks for passwords.
 * It lives until `stop`, at most as long as this process needs it.
 */
export const startWarehouse = async (settings: readonly string[] = []): Promise<Warehouse> => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-warehouse-"));
  const run = prepare(folder);
  await makeCluster(folder, run, true);
  const data = join(folder, "data");
  writeFileSync(join(data, "pg_hba.conf"), RULES);
  writeFileSync(join(data, "pem"), readFileSync(certificate), { mode: 0o600 });
  const port = await freePort();
  const log = openSync(join(folder, "log"), "a", 0o600);
  const all = [
    ...["listen_addresses=127.0.0.1", `unix_socket_directories=${folder}`, "fsync=off", "log_min_messages=log"],
    ...["ssl=on", "ssl_cert_file=pem", "ssl_key_file=pem", "max_connections=40", ...settings],
  ];
  const server = run("postgres", ["-D", data, "-p", String(port), ...all.flatMap((one) => ["-c", one])], log);
  closeSync(log);
  const ask = async (statements: string, database = "postgres") => {
    const sql = postgres({ host: folder, user: USER, database, port, max: 1, onnotice: () => {} });
    return await sql.unsafe(statements).finally(() => sql.end());
  };
  for (let tries = 0; ; tries += 1) {
    const error = await ask("select 1").then(
      () => null,
      (problem: unknown) => problem,
    );
    if (error === null) break;
    if (tries > 200 || server.exitCode !== null) throw error;
    await sleep(50);
  }
  return {
    port,
    url: (user, database = "warehouse", password = readersPassword) =>
      `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    run: async (statements, database) => void (await ask(statements, database)),
    ask,
    stop: async () => {
      server.kill("SIGINT");
      if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
