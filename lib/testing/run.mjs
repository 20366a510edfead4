// `npm test`: everything, in the order in which a failure says most. Ends with one line, `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../cli/build.mjs";
import { isStale } from "../cli/stale.mjs";
import { ensureBrowser } from "./browser.mjs";

const reports = mkdtempSync(join(tmpdir(), "gatehouse-reports-"));

/**
 * Runs one tool to its end.
 * @param {string[]} args
 * @param {Record<string, string>} env
 */
const run = (args, env = {}) =>
  spawnSync("npx", ["--no-install", ...args], { stdio: "inherit", env: { ...process.env, ...env } }).status;

/**
 * Reads a tool's own report; a tool that died without one counts as a failure.
 * @param {string} file
 * @param {(report: any) => { passed: number, failed: number }} count
 */
const counted = (file, count) => {
  try {
    return count(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return { passed: 0, failed: 1 };
  }
};

ensureBrowser();
if (isStale() && !build()) process.exit(1);

const vitestReport = join(reports, "vitest.json");
const vitest = run(["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`]);
const unit = counted(vitestReport, (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }));

const browserReport = join(reports, "playwright.json");
const playwright = run(["playwright", "test", "--reporter=list,json"], { PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport });
const browser = counted(browserReport, (report) => ({
  passed: report.stats.expected,
  failed: report.stats.unexpected + report.stats.flaky,
}));

rmSync(reports, { recursive: true, force: true });
const passed = unit.passed + browser.passed;
// A tool can fail without a failed test, by an error outside of all of them.
const failed = unit.failed + browser.failed || (vitest === 0 && playwright === 0 ? 0 : 1);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
