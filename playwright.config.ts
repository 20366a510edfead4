import { defineConfig } from "@playwright/test";
import { findBrowser } from "./lib/testing/browser.mjs";

const port = Number(process.env.E2E_PORT ?? 4319);
const executablePath = findBrowser();

// Where the browser may not reach the internet its own errands only slow it down.
const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const args = ["--no-sandbox", ...quiet, "--disable-component-update", "--disable-sync"];

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.e2e.ts",
  testIgnore: "**/.next/**", // the build copies some of them
  outputDir: "test-results",
  workers: 2,
  fullyParallel: true,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: `http://localhost:${port}`,
    trace: "retain-on-failure",
    launchOptions: { executablePath, args },
  },
  // Every journey twice: as most people have it, and without script.
  projects: [
    { name: "with script" },
    { name: "without script", use: { javaScriptEnabled: false }, grepInvert: /@script/ },
  ],
  webServer: {
    command: "exec node lib/testing/serve.mjs",
    env: { PORT: String(port), SIGNUP_MODE: "open", SOURCE_HOSTS: "localhost, 127.0.0.1" },
    url: `http://localhost:${port}/readyz`,
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
  },
});
