import { connect, isIP } from "node:net";
import { connect as secure } from "node:tls";
import { Fault, faultOf } from "./fault.mjs";

/** @typedef {"disable" | "prefer" | "require" | "verify-ca" | "verify-full"} SslMode As libpq understands them. */

/** Connecting and agreeing on encryption, altogether. */
const CONNECT_MS = 5_000;

/** "May we talk TLS?": eight bytes, long, and a protocol version that can't be one (Postgres's manual, 53.7). */
const MAY_WE_TALK_TLS = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/**
 * A connection to the first of these addresses that takes one, encrypted as asked for. It is made here and not by
 * postgres.js, which would look the host up again and, given a socket, leave its name out of TLS.
 * @param {{ addresses: readonly string[], host: string, port: number, sslmode: SslMode }} to
 * @returns {Promise<import("node:net").Socket>}
 * @throws {Fault | Error} what `faultOf` has a name for
 */
export async function openWire({ addresses, host, port, sslmode }) {
  const until = Date.now() + CONNECT_MS;
  const socket = await firstThatConnects(addresses, port, until);
  if (sslmode === "disable" || !(await agreesToTls(socket, until))) {
    if (sslmode !== "disable" && sslmode !== "prefer") throw new Fault("no-tls");
    return socket;
  }
  const verifies = sslmode === "verify-ca" || sslmode === "verify-full";
  const options = { socket, host, rejectUnauthorized: verifies, ...(isIP(host) ? {} : { servername: host }) };
  const encrypted = secure(sslmode === "verify-ca" ? { ...options, checkServerIdentity: () => undefined } : options);
  try {
    await within(until, encrypted, "secureConnect", "silent");
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(faultOf(error) === "hung-up" ? "hung-up" : isDistrust(error) ? "tls-untrusted" : "tls-broken");
  }
  return encrypted;
}

/** @param {readonly string[]} addresses @param {number} port @param {number} until */
async function firstThatConnects(addresses, port, until) {
  /** @type {unknown} */
  let last = new Fault("unknown-host");
  for (const [tried, address] of addresses.entries()) {
    // Each a share of what is left, so that one dead address doesn't use up the time of the others.
    const share = Date.now() + (until - Date.now()) / (addresses.length - tried);
    const socket = connect({ host: address, port, family: isIP(address) });
    try {
      await within(share, socket, "connect", "no-answer");
      return socket;
    } catch (error) {
      socket.destroy();
      last = error;
    }
  }
  throw last;
}

/** @param {import("node:net").Socket} socket @param {number} until */
async function agreesToTls(socket, until) {
  socket.write(MAY_WE_TALK_TLS);
  const answer = await within(until, socket, "data", "silent");
  const [letter] = answer;
  if (letter === 69) throw new Fault("hung-up"); // E: too many connections, or starting; it says so before it has asked who we are
  // Exactly one byte: what stands behind it was not encrypted and could be anybody's (CVE-2021-23222).
  if (answer.length !== 1 || (letter !== 83 && letter !== 78)) throw new Fault("not-postgres");
  return letter === 83;
}

/**
 * What a socket's event brings, unless it fails, closes or takes too long before.
 * @param {number} until
 * @param {import("node:net").Socket} socket
 * @param {"connect" | "data" | "secureConnect"} event
 * @param {import("./fault.mjs").FaultCode} late
 * @returns {Promise<any>}
 */
const within = (until, socket, event, late) =>
  new Promise((resolve, reject) => {
    const closed = () => reject(new Fault("hung-up"));
    const timer = setTimeout(() => reject(new Fault(late)), Math.max(1, until - Date.now()));
    socket.once("error", reject);
    socket.once("close", closed);
    socket.once(event, (value) => {
      clearTimeout(timer);
      socket.off("error", reject);
      socket.off("close", closed);
      resolve(value);
    });
  });

/** @param {unknown} error */
const isDistrust = (error) =>
  error instanceof Error &&
  "code" in error &&
  /CERT|SELF_SIGNED|UNABLE_TO|ISSUER|CRL|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)/.test(String(error.code));
