import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The Chromium of this machine, or of CHROMIUM_PATH; undefined when there is none. */
export const findBrowser = () => [process.env.CHROMIUM_PATH ?? "", ...places].find((place) => existsSync(place));

/** Installs the system's Chromium where there is none and the system is Debian's kind; says what to do elsewhere. */
export const ensureBrowser = () => {
  if (findBrowser()) return;
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  console.log("No Chromium found: installing the system's package.");
  for (const step of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    const [command = "apt-get", ...rest] = [...asRoot, "apt-get", "-qq", ...step];
    spawnSync(command, rest, { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  }
  if (!findBrowser()) {
    throw new Error("The browser tests need Chromium or Chrome: install it, or name it in CHROMIUM_PATH.");
  }
};
