import http from "node:http";
import { front } from "./front.mjs";
import { page, WORDS } from "./words.mjs";

/** What Node refuses before there is a request, by its error code. */
const UNREADABLE = new Map([
  ["HPE_HEADER_OVERFLOW", WORDS.tooManyHeaders],
  ["ERR_HTTP_REQUEST_TIMEOUT", WORDS.slow],
]);

/**
 * Puts the front before every HTTP server that this process makes from now on: Next makes its own and takes no listener.
 * @param {import("../config.mjs").Config} config
 * @param {{ development?: boolean, patience?: number }} [options]
 */
export function install(config, options = {}) {
  const createServer = http.createServer;
  /** @param {import("node:http").RequestListener} listener */
  const guarded = (listener) => {
    const server = createServer(front(config, listener, options));
    server.on("clientError", (error, socket) => sayRaw(socket, UNREADABLE.get(codeOf(error)) ?? WORDS.malformed));
    if (!options.development) server.on("upgrade", refuseUpgrade);
    return server;
  };
  Object.assign(http, { createServer: guarded });
}

/**
 * Nothing of ours speaks anything but HTTP. Next looks the address up all the same, and writes it into the log when that
 * fails: it gets to see none.
 * @param {import("node:http").IncomingMessage} req
 * @param {import("node:stream").Duplex} socket
 */
function refuseUpgrade(req, socket) {
  req.url = "/";
  sayRaw(socket, WORDS.method);
}

/** @param {import("node:stream").Duplex} socket @param {import("./words.mjs").Words} words */
function sayRaw(socket, words) {
  if (!socket.writable) return void socket.destroy();
  const body = page(words);
  const head = [
    `HTTP/1.1 ${words.status} ${http.STATUS_CODES[words.status]}`,
    "Content-Type: text/html; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

/** @param {Error} error */
const codeOf = (error) => ("code" in error ? String(error.code) : "");
