// What postgres.js and Postgres say when the database is gone, restarting, full or too slow, rather than wrong.
const codes = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "08000", // connection exception
  "08003", // connection does not exist
  "08006", // connection failure
  "25006", // read-only: the other side of a failover
  "40P01", // deadlock
  "53100", // disk full
  "53200", // out of memory
  "53300", // too many connections
  "55P03", // lock not available in time
  "57014", // statement time-out
  "57P01", // shut down by the administrator
  "57P02", // crash
  "57P03", // starting up
  "57P05", // idle for too long
  "25P03", // idle in transaction too long
]);

/** Whether an exception means that the database can't be asked right now: a person is told to try again. */
export const isUnavailable = (error: unknown): boolean => {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string" && codes.has(cause.code)) return true;
  }
  return false;
};
