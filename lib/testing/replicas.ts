import { afterAll, beforeAll } from "vitest";
import { closeDatabase, openDatabase } from "@/db/client";
import { databaseOf, dataFolder, type Server, startServer } from "./server";
import { Visitor } from "./visitor";

/**
 * The product in two processes on one database, as replicas run, for one test file; this process is beside them as a third
 * that knows the same secret. Called once, at the top of the file.
 */
export const replicas = () => {
  const data = dataFolder();
  const servers: Server[] = [];
  const AUTH_SECRET = process.env.AUTH_SECRET ?? "";
  beforeAll(async () => {
    const env = { DATA_DIR: data.folder, SIGNUP_MODE: "open", INVITES_PER_DAY: "10000", AUTH_SECRET };
    for (let start = 0; start < 2; start++) servers.push(await startServer(env));
    openDatabase({ host: `${data.folder}/postgres`, user: "gatehouse", database: "postgres" }, 4);
  }, 120_000);
  const sql = databaseOf(data.folder, 4);
  afterAll(async () => {
    await closeDatabase();
    await sql.end();
    for (const server of servers) await server.stop();
    data.forget();
  });
  const url = (server: number) => servers[server % 2]?.url ?? "";
  return {
    /** The database past the product: for looking at what is really there, and for letting time pass. */
    sql,
    /** Somebody with a browser of their own, at the one server or the other. */
    visitor: (server = 0) => new Visitor(url(server)),
    /** The same browser's second tab, at the one server or the other. */
    tabOf: (visitor: Visitor, server: number) => visitor.tab(url(server)),
  };
};
