import { IncomingMessage } from "node:http";

/** The most a form may send (SPEC section 10). */
export const BODY_LIMIT = 64 * 1024;

/** Where files are uploaded, and the most that may be sent there. */
const ROOMY = new Map([["/account/users/invite/csv", 1024 * 1024]]);

/** @param {string} path */
export const bodyLimit = (path) => ROOMY.get(path) ?? BODY_LIMIT;

/** A browser reads our refusal only after it has sent everything: so much, and so long, is thrown away for it. */
const DRAIN_BYTES = 16 * 1024 * 1024;
const DRAIN_MS = 10_000;

/**
 * The whole body, or null as soon as it is over the limit; also null when the client goes away.
 * @param {IncomingMessage} req
 * @param {number} limit
 * @returns {Promise<Buffer | null>}
 */
export async function readBody(req, limit) {
  if (Number(req.headers["content-length"] ?? 0) > limit) return null;
  return new Promise((resolve) => {
    /** @type {Buffer[]} */
    const chunks = [];
    let size = 0;
    req.on("data", (/** @type {Buffer} */ chunk) => {
      size += chunk.length;
      if (size > limit) resolve(null);
      else chunks.push(chunk);
    });
    req.on("end", () => resolve(Buffer.concat(chunks)));
    req.on("error", () => resolve(null));
    req.on("close", () => resolve(null));
  });
}

/**
 * The same request with a body that has already arrived, so that the application never sees half of one.
 * @param {IncomingMessage} req
 * @param {Buffer} body
 */
export function withBody(req, body) {
  const whole = new IncomingMessage(req.socket);
  whole.method = req.method;
  whole.url = req.url;
  whole.headers = req.headers;
  whole.rawHeaders = req.rawHeaders;
  whole.httpVersion = req.httpVersion;
  whole.httpVersionMajor = req.httpVersionMajor;
  whole.httpVersionMinor = req.httpVersionMinor;
  whole.complete = true;
  whole.push(body);
  whole.push(null);
  return whole;
}

/**
 * Reads on and forgets, until the client has sent all, or too much of it.
 * @param {IncomingMessage} req
 * @returns {Promise<void>}
 */
export function drain(req) {
  if (req.complete || req.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let size = 0;
    const timer = setTimeout(resolve, DRAIN_MS);
    req.on("data", (/** @type {Buffer} */ chunk) => {
      size += chunk.length;
      if (size > DRAIN_BYTES) resolve();
    });
    req.on("end", resolve).on("error", resolve).on("close", resolve);
    req.on("close", () => clearTimeout(timer));
    req.resume();
  });
}
