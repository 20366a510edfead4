import { randomBytes } from "node:crypto";
import { addressOf } from "./address.mjs";
import { correct, say } from "./answer.mjs";
import { BODY_LIMIT, bodyLimit, drain, readBody, withBody } from "./body.mjs";
import { exchanges } from "./context.mjs";
import { isReadable } from "./form.mjs";
import { contentSecurityPolicy, dropPretended, isForwarded, makeNonce, setSafeHeaders } from "./headers.mjs";
import { ownOrigin, servesHost } from "./host.mjs";
import { comesFromUs, isSigned } from "./origin.mjs";
import { isRouterState } from "./router-state.mjs";
import { wrongWith } from "./target.mjs";
import { WORDS } from "./words.mjs";

/** @typedef {import("node:http").IncomingMessage} Request */
/** @typedef {import("node:http").ServerResponse} Response */

/** Next answers some actions by asking itself over HTTP: it copies this header, which nobody else can know. */
const INSIDE = "x-gatehouse-inside";
const inside = randomBytes(16).toString("hex");

/** Longer than every time-out the database keeps for itself (15 s a statement). A page that is first built takes longer. */
const PATIENCE = 25_000;

/**
 * Stands before Next and does what a page can't: knows the client, refuses bent requests in words, and gives true statuses.
 * @param {import("../config.mjs").Config} config
 * @param {(req: Request, res: Response) => unknown} application
 * @param {{ development?: boolean, patience?: number }} [options] `patience`: how long an answer may take, in ms
 */
export function front(config, application, { development = false, patience = PATIENCE } = {}) {
  const secure = config.appUrl.startsWith("https:");
  const storage = exchanges();
  const warn = warnOnce();

  /** @param {Request} req @param {Response} res */
  return async (req, res) => {
    const target = req.url ?? "";
    const path = target.split("?", 1)[0] ?? "";
    const nonce = makeNonce();
    const policy = contentSecurityPolicy(nonce, development);
    setSafeHeaders(res, { path, secure, policy });

    const own = insideAddress(req);
    const forwarded = own === null && isForwarded(req.headers);
    const address = own ?? addressOf(req.socket.remoteAddress, req.headers["x-forwarded-for"], config.trustedProxyHops);
    if (forwarded && !config.local && config.trustedProxyHops === 0) warn();

    const refused = own === null ? judge(config, req, target, path, forwarded) : null;
    if (refused) return refuse(req, res, refused);

    dropPretended(req.headers);
    req.headers[INSIDE] = `${inside} ${address}`;
    req.headers["content-security-policy"] = policy;
    const exchange = { address, nonce, typed: null, reached: false, answer: null };
    if (req.method === "GET" || req.method === "HEAD") {
      correct(req, res, exchange, patience);
      return storage.run(exchange, application, req, res);
    }

    const limit = bodyLimit(path);
    const body = await readBody(req, limit);
    if (body === null) return refuse(req, res, limit === BODY_LIMIT ? WORDS.tooBig : WORDS.tooBigFile);
    if (!(await isReadable(req.headers, body))) return say(req, res, WORDS.garbled);
    correct(req, res, exchange, patience);
    return storage.run(exchange, application, withBody(req, body), res);
  };
}

/**
 * @param {import("../config.mjs").Config} config
 * @param {Request} req
 * @param {string} target
 * @param {string} path
 * @param {boolean} forwarded
 * @returns {import("./words.mjs").Words | null}
 */
function judge(config, req, target, path, forwarded) {
  if (config.local && (forwarded || !servesHost(config, req.headers.host, path))) return WORDS.localOnly;
  if (!servesHost(config, req.headers.host, path)) return WORDS.elsewhere;
  const wrong = wrongWith(target);
  if (wrong) return WORDS[wrong];
  if (!isRouterState(req.headers["next-router-state-tree"])) return WORDS.malformed;
  if (req.method === "GET" || req.method === "HEAD") return null;
  if (req.method !== "POST") return WORDS.method;
  if (isSigned(req.headers, path)) return null;
  return comesFromUs(req.headers, ownOrigin(config, req.headers.host)) ? null : WORDS.foreign;
}

/** @param {Request} req @param {Response} res @param {import("./words.mjs").Words} words */
async function refuse(req, res, words) {
  if (words === WORDS.method) res.setHeader("Allow", "GET, HEAD, POST");
  if (!req.complete) res.setHeader("Connection", "close");
  await drain(req);
  say(req, res, words);
}

/** @param {Request} req @returns {string | null} the client's address that Next's question to itself carries on */
function insideAddress(req) {
  const [mark, address] = String(req.headers[INSIDE] ?? "").split(" ");
  return mark === inside && address ? address : null;
}

function warnOnce() {
  let said = false;
  return () => {
    if (said) return;
    said = true;
    console.warn("A proxy passes requests on, but TRUSTED_PROXY_HOPS is 0: everybody behind it counts as one address.");
  };
}
