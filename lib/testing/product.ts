import { afterAll, beforeAll } from "vitest";
import { closeDatabase, openDatabase } from "@/db/client";
import { password } from "./people";
import { dataFolder, type Server, startServer } from "./server";
import { Visitor } from "./visitor";

/** The running product for a test file, with its database behind `db()`. Called once, at the top of the file. */
export const testProduct = (env: Record<string, string> = {}) => {
  const data = dataFolder();
  let server: Server;
  beforeAll(async () => {
    server = await startServer({ DATA_DIR: data.folder, SIGNUP_MODE: "open", ...env });
    openDatabase({ host: `${data.folder}/postgres`, user: "gatehouse", database: "postgres" }, 4);
  }, 120_000);
  afterAll(async () => {
    await closeDatabase();
    await server.stop();
    data.forget();
  });
  const visitor = () => new Visitor(server.url);
  return {
    url: () => server.url,
    /** A browser in which nobody is signed in. */
    visitor,
    /** A browser in which one of the people made by tests is signed in. */
    signedIn: async ({ email }: { email: string }): Promise<Visitor> => {
      const browser = visitor();
      await browser.signIn(email, password);
      return browser;
    },
  };
};
