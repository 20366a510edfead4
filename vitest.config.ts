import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

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
