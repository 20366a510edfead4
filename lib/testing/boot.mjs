import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { assembled } from "../cli/root.mjs";

// Starts what the image holds as the image does: alone in a clean folder it can't write to, as an ordinary user, with an
// environment that has nothing in it but what the image sets.

const PORT = "4193";
const START_MS = 60_000;
/** What a container engine grants before it kills. */
const STOP_MS = 10_000;
const NOBODY = 65534;

const root = process.getuid?.() === 0;
const user = root ? { uid: NOBODY, gid: NOBODY } : {};
const folder = mkdtempSync(join(tmpdir(), "gatehouse-image-"));
const image = join(folder, "gatehouse");
const data = join(folder, "data");
const at = `http://localhost:${PORT}`;

chmodSync(folder, 0o755);
cpSync(assembled, image, { recursive: true, verbatimSymlinks: true });
mkdirSync(data);
if (root) chownSync(data, NOBODY, NOBODY);
else chmodSync(image, 0o555);

/** @param {Record<string, string>} env */
const start = (env) =>
  spawn(process.execPath, ["lib/cli/start.mjs"], {
    ...user,
    cwd: image,
    env: { PATH: "/usr/bin:/bin", NODE_ENV: "production", HOSTNAME: "container", DATA_DIR: data, PORT, ...env },
    stdio: "inherit",
  });

const server = start({});
try {
  await untilReady();
  const page = await fetch(`${at}/signup`);
  const html = await page.text();
  assert.equal(page.status, 200);
  assert.match(html, /<h1[^>]*>Create organization/);
  assert.ok(page.headers.get("content-security-policy"), "the front is there");

  const style = /\/_next\/static\/[^"]+\.css[^"]*/.exec(html)?.[0];
  assert.ok(style, "the page has a style sheet");
  assert.match((await fetch(at + style)).headers.get("cache-control") ?? "", /immutable/);
  assert.equal((await fetch(`${at}/nowhere`)).status, 404);
  assert.equal(
    (await fetch(`${at}/signup`, { method: "POST", headers: { origin: "https://elsewhere.example" } })).status,
    403,
  );

  server.kill("SIGTERM");
  await Promise.race([once(server, "exit"), sleep(STOP_MS).then(() => assert.fail("it did not stop in time"))]);
  assert.ok(!existsSync(join(data, "postgres/data/postmaster.pid")), "the database has stopped too");

  const [code] = await once(start({ APP_URL: "https://gatehouse.example.org" }), "exit");
  assert.equal(code, 78);
  console.log("The finished product starts alone, answers, and stops.");
} finally {
  server.kill("SIGKILL");
  chmodSync(image, 0o755);
  rmSync(folder, { recursive: true, force: true });
}

async function untilReady() {
  for (const until = Date.now() + START_MS; Date.now() < until && server.exitCode === null; await sleep(100)) {
    const ready = await fetch(`${at}/readyz`).catch(() => null);
    if (ready?.status === 200) return;
  }
  assert.fail("it did not become ready");
}
