import { page, sentence, WORDS } from "./words.mjs";

/** @typedef {import("node:http").ServerResponse} Response */
/** @typedef {import("node:http").IncomingMessage} Request */

/**
 * Answers with words of the front's own: a page for people, one line of text for a script of ours.
 * @param {Request} req
 * @param {Response} res
 * @param {import("./words.mjs").Words} words
 */
export function say(req, res, words) {
  const scripted = isScripted(req);
  const body = scripted ? sentence(words) : page(words);
  res.statusCode = words.status;
  // exactly text/plain: only then does Next's client show the text
  res.setHeader("Content-Type", scripted ? "text/plain" : "text/html; charset=utf-8");
  res.setHeader("Content-Length", Buffer.byteLength(body));
  res.setHeader("Cache-Control", "no-store");
  if (words.retryAfterSeconds) res.setHeader("Retry-After", words.retryAfterSeconds);
  res.end(req.method === "HEAD" ? undefined : body);
}

/**
 * Lets the application's answer out with the status and headers it should have: the status that a page asked for, our
 * words in place of a failure, and nothing kept in caches but files that never change.
 * @param {Request} req
 * @param {Response} res
 * An application that has nothing to say within `patience` ms is waited for no longer: a database that hangs cancels none
 * of its own statements.
 * @param {Request} req
 * @param {Response} res
 * @param {import("./context.mjs").Exchange} exchange
 * @param {number} patience
 */
export function correct(req, res, exchange, patience) {
  const { writeHead, write, end, flushHeaders } = res;
  /** @type {"undecided" | "passing" | "replaced"} */
  let state = "undecided";

  /** Decides before the first byte. The application may still be writing when our words have gone: that goes nowhere. */
  const passes = () => {
    if (state !== "undecided") return state === "passing";
    const words = insteadOf(req, res, exchange);
    state = words ? "replaced" : "passing";
    if (words) {
      for (const name of ["Content-Encoding", "Transfer-Encoding", "ETag", "Link", "X-Nextjs-Action-Not-Found"])
        res.removeHeader(name);
      Object.assign(res, { writeHead, write, end, flushHeaders });
      say(req, res, words);
      Object.assign(res, guarded);
      return false;
    }
    if (!req.url?.startsWith("/_next/static/")) res.setHeader("Cache-Control", "no-store");
    // What was posted here is not for the page it leads to.
    if (req.method === "POST" && (res.statusCode === 307 || res.statusCode === 308)) res.statusCode = 303;
    if (exchange.answer && res.statusCode === 200 && isDocument(res)) {
      res.statusCode = exchange.answer.status;
      if (exchange.answer.retryAfterSeconds) res.setHeader("Retry-After", exchange.answer.retryAfterSeconds);
    }
    return true;
  };

  const guarded = {
    /** @param {number} status @param {unknown[]} rest a reason, headers, both or neither */
    writeHead(status, ...rest) {
      res.statusCode = status;
      setAll(res, rest.at(-1));
      if (passes()) writeHead.call(res, res.statusCode);
      return res;
    },
    /** @param {Parameters<typeof write>} args */
    write: (...args) => (passes() ? write.apply(res, args) : called(args)),
    /** @param {Parameters<typeof end>} args */
    end: (...args) => (passes() ? end.apply(res, args) : called(args) && res),
    flushHeaders: () => passes() && flushHeaders.call(res),
  };
  Object.assign(res, guarded);

  const giveUp = setTimeout(() => {
    if (state !== "undecided") return;
    exchange.reached = true; // too late is not the fault of what was sent
    res.statusCode = 503;
    res.end();
  }, patience);
  res.on("close", () => clearTimeout(giveUp));
}

/** Pages of ours answer 200 and ask for another status: any other than those is Next's, with few words or none. */
const NEXT_SAYS = new Map([
  [404, WORDS.nothing],
  [405, WORDS.method],
]);

/**
 * A form that never reached an action of ours failed by what was sent: Next and React throw at fields they can't read.
 * @param {Request} req
 * @param {Response} res
 * @param {import("./context.mjs").Exchange} exchange
 */
function insteadOf(req, res, exchange) {
  if (res.statusCode >= 500 && isProbe(req)) return null;
  if (res.statusCode >= 500) return req.method === "POST" && !exchange.reached ? WORDS.garbled : WORDS.failed;
  if (isScripted(req)) return null;
  if (res.getHeader("x-nextjs-action-not-found") !== undefined) return WORDS.stale;
  const hasOwnWords = res.hasHeader("content-type") && !isDocument(res);
  return hasOwnWords ? null : (NEXT_SAYS.get(res.statusCode) ?? null);
}

/** These say in their own way what is not ready. @param {Request} req */
const isProbe = (req) => req.url === "/readyz" || req.url === "/healthz";

/** Next's client asks for data, not for documents. @param {Request} req */
const isScripted = (req) => req.headers["next-action"] !== undefined || req.headers.rsc !== undefined;

/** @param {Response} res */
const isDocument = (res) => String(res.getHeader("content-type")).startsWith("text/html");

/** @param {Response} res @param {unknown} headers an object, or a flat list of names and values */
function setAll(res, headers) {
  if (typeof headers !== "object" || headers === null) return;
  const pairs = Array.isArray(headers)
    ? headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1]]] : []))
    : Object.entries(headers);
  for (const [name, value] of pairs) if (value !== undefined) res.setHeader(name, value);
}

/** A caller that waits for its bytes to be written must not wait for ever. @param {unknown[]} args */
function called(args) {
  const done = args.at(-1);
  if (typeof done === "function") process.nextTick(done);
  return true;
}
