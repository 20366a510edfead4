import { isIP } from "node:net";

/**
 * The address of the client: what the socket says, or, behind `hops` proxies of our own, the entry that the outermost of
 * them wrote into X-Forwarded-For. Entries further left come from the client and are never believed.
 * @param {string | undefined} socketAddress
 * @param {string | string[] | undefined} forwardedFor
 * @param {number} hops
 * @returns {string}
 */
export function addressOf(socketAddress, forwardedFor, hops) {
  const direct = plain(socketAddress ?? "") ?? "0.0.0.0";
  if (hops === 0 || forwardedFor === undefined) return direct;
  const entries = [forwardedFor].flat().join(",").split(",");
  return plain(entries[Math.max(0, entries.length - hops)] ?? "") ?? direct;
}

/**
 * An address as one spelling: no port, no brackets, no zone, IPv4 inside IPv6 as IPv4, lower case. null when it is none.
 * @param {string} written
 * @returns {string | null}
 */
export function plain(written) {
  const text = written.trim().toLowerCase();
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1];
  const withPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1];
  const address = (bracketed ?? withPort ?? text).split("%", 1)[0] ?? "";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  return isIP(mapped ?? address) === 0 ? null : (mapped ?? address);
}
