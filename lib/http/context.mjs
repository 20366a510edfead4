import { AsyncLocalStorage } from "node:async_hooks";

/**
 * What the front knows about the request being answered, and what the page wants to be answered.
 * @typedef {object} Exchange
 * @property {string} address The client's address, IPv4-mapped ones written as IPv4.
 * @property {string} nonce The nonce of this answer's content security policy.
 * @property {Readonly<Record<string, string>> | null} typed What stood in a form whose page can't be shown any more.
 * @property {boolean} reached Whether the form that was sent has come through to an action of ours.
 * @property {{ status: 403 | 404 | 409 | 413 | 422 | 429 | 503, retryAfterSeconds?: number | undefined } | null} answer
 */

const KEY = Symbol.for("gatehouse.exchange");

/** @type {Record<symbol, unknown>} */
const shared = globalThis;

/**
 * The front and the bundled application are separate module graphs in one process: they meet on globalThis.
 * @returns {AsyncLocalStorage<Exchange>}
 */
export function exchanges() {
  const there = shared[KEY];
  if (there instanceof AsyncLocalStorage) return there;
  /** @type {AsyncLocalStorage<Exchange>} */
  const made = new AsyncLocalStorage();
  shared[KEY] = made;
  return made;
}
