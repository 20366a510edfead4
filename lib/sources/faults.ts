import type { FaultCode } from "./reader/fault.mjs";

/** Why a source can't be read, in words: what is wrong and what to try. Nothing that the other side said is repeated. */
export const wordsForFault: Record<FaultCode, string> = {
  "unknown-host": "No host of this name is known. Check how it is spelled.",
  "target-refused": "No database may be reached at this address: it belongs to the machine or its network.",
  "this-machine":
    "This host isn't allowed: it is the machine Gatehouse itself runs on. Ask whoever runs Gatehouse to allow it.",
  "not-listed": "This host isn't allowed. Ask whoever runs Gatehouse to allow it.",
  "own-database": "This is the database server Gatehouse itself keeps its records on. It can't be a source.",
  refused: "The host is there, but nothing listens on this port. Check the port, and that the database is running.",
  unreachable: "The host can't be reached from here. Check its address and the network between.",
  "no-answer":
    "Nobody answered within five seconds. Check the address and the port, and whether a firewall stands between.",
  silent: "Something took the connection and then said nothing. Check that it is a PostgreSQL server.",
  "hung-up":
    "The other side hung up before it let us in. Check that it is a PostgreSQL server and takes connections from here.",
  slow: "The database let us in but did not tell what it holds within 15 seconds. Try again when it is less busy.",
  "not-postgres": "Something answers there, but it is not a PostgreSQL server.",
  "no-tls":
    "The server offers no encryption, and the URL asks for it. If the network between is yours, use sslmode=disable.",
  "tls-untrusted":
    "The server's certificate is not one that is trusted here, or is for another host. sslmode=require encrypts without checking it.",
  "tls-broken": "The server began to encrypt, but the two sides could not agree how.",
  "wrong-password": "The server refused the user or the password.",
  "not-let-in":
    "The server lets this user in from nowhere near here, or only with another sslmode. Its pg_hba.conf decides that.",
  "unknown-database": "The server has no database of this name.",
  "no-right-to-connect": "This user has no right to connect to this database.",
  "too-many-connections": "The server has no connection left to give. Try again in a moment.",
  "not-ready": "The database is starting up or shutting down. Try again in a moment.",
  "too-large":
    "There are more than 20,000 tables that this user may read. Use one that may read only what people should find here.",
  "refused-otherwise": "The server refused to tell what it holds. Its own log says why.",
  "not-read":
    "We could not read what it holds, and it need not be the database's fault. Try again; whoever operates Gatehouse finds more in its log.",
};
