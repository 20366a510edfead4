import { isIPv6 } from "node:net";

/** @typedef {{ host: string, port: number | null }} NamedHost A host that was named, on one port or (null) on all. */

const NAME = /^[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?$/i;

/**
 * Reads `db.example.org, 10.0.0.7:5433, [::1]:5432`; null when one of them is no host.
 * @param {string} list
 * @returns {NamedHost[] | null}
 */
export function readHosts(list) {
  const hosts = list.split(",").map((entry) => readHost(entry.trim()));
  return hosts.every((host) => host !== null) ? hosts : null;
}

/** @param {string} entry @returns {NamedHost | null} */
function readHost(entry) {
  if (isIPv6(entry)) return { host: entry.toLowerCase(), port: null };
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(entry) ?? [];
  const host = bracketed ?? plain ?? "";
  const port = digits === undefined ? null : Number(digits);
  if (bracketed === undefined ? !NAME.test(host) : !isIPv6(host)) return null;
  return port === 0 || (port ?? 1) > 65_535 ? null : { host: host.toLowerCase(), port };
}
