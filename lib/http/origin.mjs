/**
 * Whether a request that may change something came from a page of ours. Next by itself lets a missing Origin pass,
 * and a foreign one that a forged X-Forwarded-Host agrees with.
 * @param {import("node:http").IncomingHttpHeaders} headers
 * @param {string | null} own
 */
export const comesFromUs = (headers, own) =>
  headers.origin === undefined ? headers["sec-fetch-site"] === "same-origin" : headers.origin === own;

/** Where machines post, which have no page of ours to come from. What they send is signed, and checked where it is read. */
const SIGNED = "/api/webhooks/resend";

/** @param {import("node:http").IncomingHttpHeaders} headers @param {string} path */
export const isSigned = (headers, path) => path === SIGNED && headers["next-action"] === undefined;
