/**
 * Why a source can't be read. The words for people are in `lib/sources/faults.ts`.
 * @typedef {"unknown-host" | "target-refused" | "this-machine" | "not-listed" | "own-database"
 *   | "refused" | "unreachable" | "no-answer" | "silent" | "hung-up" | "slow" | "not-postgres"
 *   | "no-tls" | "tls-untrusted" | "tls-broken"
 *   | "wrong-password" | "not-let-in" | "unknown-database" | "no-right-to-connect" | "too-many-connections"
 *   | "not-ready" | "too-large" | "refused-otherwise" | "not-read"} FaultCode `not-read` is said of the reader: it ended
 *   without a word.
 */

export class Fault extends Error {
  /** @param {FaultCode} code */
  constructor(code) {
    super(code);
    this.fault = code;
  }
}

/** @type {ReadonlyMap<string, FaultCode>} */
const known = new Map([
  ["ENOTFOUND", "unknown-host"],
  ["EAI_AGAIN", "unknown-host"],
  ["ENODATA", "unknown-host"],
  ["ECONNREFUSED", "refused"],
  ["EHOSTUNREACH", "unreachable"],
  ["ENETUNREACH", "unreachable"],
  ["EADDRNOTAVAIL", "unreachable"],
  ["EACCES", "unreachable"],
  ["EPERM", "unreachable"],
  ["ETIMEDOUT", "no-answer"],
  ["CONNECT_TIMEOUT", "silent"],
  ["ECONNRESET", "hung-up"],
  ["EPIPE", "hung-up"],
  ["CONNECTION_CLOSED", "hung-up"],
  ["CONNECTION_DESTROYED", "hung-up"],
  // What Postgres says (appendix A of its manual).
  ["28P01", "wrong-password"],
  ["28000", "not-let-in"],
  ["3D000", "unknown-database"],
  ["42501", "no-right-to-connect"],
  ["53300", "too-many-connections"],
  ["57P03", "not-ready"],
  ["57014", "slow"],
]);

/**
 * What an exception says about the source.
 * @param {unknown} error
 * @returns {FaultCode}
 */
export function faultOf(error) {
  if (error instanceof Fault) return error.fault;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const fault = known.get(code);
  if (fault) return fault;
  return error instanceof Error && error.name === "PostgresError" ? "refused-otherwise" : "not-postgres";
}
