import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/**
 * How long the driver of lib/outbox/driver.db.test.ts drives: half a minute for each of two seeds; or, with
 * DRIVER_OPERATIONS, once until it has done so many operations and, for every fifty, one fault. DRIVER_SEED drives again
 * what a seed that was printed has driven.
 */
const { DRIVER_OPERATIONS, DRIVER_SEED } = process.env;
const driver = {
  seed: DRIVER_SEED ? Number(DRIVER_SEED) : null,
  operations: DRIVER_OPERATIONS ? Number(DRIVER_OPERATIONS) : null,
};

export default defineConfig({
  oxc: { jsx: { runtime: "automatic" } },
  resolve: {
    alias: [
      { find: /^@\/(.*)/, replacement: `${root}$1` },
      // Next swaps this marker for an empty module on the server; so do tests.
      { find: "server-only", replacement: `${root}node_modules/server-only/empty.js` },
    ],
  },
  test: {
    include: ["**/*.test.ts", "**/*.test.tsx"],
    exclude: ["node_modules", ".next"],
    // next-auth imports Next without file endings, which only a bundler resolves.
    server: { deps: { inline: ["next-auth", "@auth/core"] } },
    globalSetup: "lib/testing/cluster.ts",
    provide: { driver },
    env: {
      AUTH_SECRET: "a secret for tests alone, 4f1c9a77e0b2d4",
      SIGNUP_MODE: "open",
      INVITES_PER_DAY: "100000",
      LOG_LEVEL: "silent",
      SOURCE_HOSTS: "127.0.0.1, localhost",
      NODE_EXTRA_CA_CERTS: `${root}lib/testing/localhost.pem`,
    },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
