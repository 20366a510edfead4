import { isLoopback } from "../config/loopback.mjs";

/** Answered under any name outside local mode: orchestrators ask by address. */
const NAMELESS = new Set(["/healthz", "/readyz"]);

/**
 * Whether this Host may be served. In local mode only a name of this machine (any port: it may be mapped), otherwise only
 * the host of APP_URL. A foreign name means DNS rebinding, or a proxy before a forgotten APP_URL.
 * @param {import("../config.mjs").Config} config
 * @param {string | undefined} host
 * @param {string} path
 */
export function servesHost(config, host, path) {
  const asked = hostIn(config.appUrl, host);
  if (config.local) return asked !== null && isLoopback(asked.hostname);
  return NAMELESS.has(path) || asked?.host === new URL(config.appUrl).host;
}

/**
 * The origin that a form of ours posts from: APP_URL, and in local mode whichever loopback name the browser uses.
 * @param {import("../config.mjs").Config} config
 * @param {string | undefined} host
 */
export const ownOrigin = (config, host) =>
  config.local ? (hostIn("http://localhost", host)?.origin ?? null) : config.appUrl;

/** @param {string} base @param {string | undefined} host */
function hostIn(base, host) {
  if (!host || !/^[A-Za-z0-9.:[\]-]+$/.test(host)) return null;
  const url = `${new URL(base).protocol}//${host}`;
  return URL.canParse(url) ? new URL(url) : null;
}
