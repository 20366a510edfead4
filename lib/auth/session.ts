import "server-only";
import { CredentialsSignin } from "next-auth";
import { cache } from "react";
import type { SessionId } from "@/db/schema/ids";
import { isUnavailable } from "@/db/unavailable";
import { idField } from "@/lib/fields";
import { auth, signIn, signOut } from "./next-auth";
import { ticketFor } from "./session-rows";
import { endOwnSession } from "./sign-out";

/** The session that this browser's cookie names, read once a request. The row, not this, says whether it lives. */
export const currentSessionId = cache(async (): Promise<SessionId | null> => {
  const id = (await auth())?.user?.id;
  return idField.safeParse(id).success && id !== undefined ? asSessionId(id) : null;
});

// The cookie is encrypted by us and holds nothing but the id of a session row.
const asSessionId = (id: string): SessionId => id as SessionId;

/**
 * Puts a session that has just been committed into this browser's cookie, and ends the one it held before: signing in and
 * joining always give a new id (SAFETY 33). When the ticket is too old the person is simply not signed in.
 */
export const openSession = async (sessionId: SessionId): Promise<void> => {
  const before = await currentSessionId();
  try {
    await signIn("credentials", { ticket: ticketFor(sessionId), redirect: false, redirectTo: "/" });
  } catch (error) {
    if (!(error instanceof CredentialsSignin)) throw causeOf(error);
    return;
  }
  if (before && before !== sessionId) await endOwnSession(before);
};

/**
 * Signs this browser out: the row ends, so that a copy of the cookie is worth nothing, and the cookie goes. When the
 * database is away only the cookie goes; tells whether the row has ended.
 */
export const closeSession = async (): Promise<boolean> => {
  const sessionId = await currentSessionId();
  await signOut({ redirect: false });
  if (!sessionId) return true;
  return endOwnSession(sessionId).then(
    () => true,
    (error: unknown) => !isUnavailable(error) && Promise.reject(error),
  );
};

/** next-auth wraps what our own code threw, for one a database that is away, in an error of its own. */
const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Object && "err" in error.cause ? error.cause.err : error;
