import { eq, sql } from "drizzle-orm";
import { db, type Queryable } from "@/db/client";
import { users } from "@/db/schema";
import type { ChallengeId, InvitationId, UserId } from "@/db/schema/ids";
import { changeAccount } from "@/lib/access/change";
import { config } from "@/lib/config.mjs";
import { hit, type Limit, originOf } from "@/lib/limits/limits";
import { enqueue, mailIsConfigured } from "@/lib/outbox";
import { done, invalid, type Result, refused } from "@/lib/result";
import {
  consume,
  endChallenges,
  mailsPerAddress,
  makeChallenge,
  readOpenChallenge,
  readResetToken,
} from "./challenges";
import { atLeast } from "./even-time";
import { refusePersonal } from "./guessable";
import { hashPassword } from "./password";
import { endSessions } from "./session-rows";
import { forgetFailures } from "./turn";

/** One origin asking for many addresses is bombing mailboxes or looking for accounts. Local mode has one origin only. */
const resetsPerOrigin: Limit = { scope: "reset origin", max: 60, seconds: 3600 };
/** Longer than either way takes on a loaded machine: promising a mail costs a few milliseconds more than not doing so. */
const evenly = 250;

/**
 * Promises a reset link to an address that has an account. The answer is the same for one that has none, in words and in
 * time. `invitationId` is the one to that address which the person comes back to with the new password.
 */
export const askForReset = (email: string, address: string, invitationId?: InvitationId): Promise<Result<null>> =>
  atLeast(evenly, async () => {
    if (!mailIsConfigured()) return invalid("email", "This server sends no mail, so no link can reach you.");
    const tooMany = config().local ? null : await hit(db(), resetsPerOrigin, originOf(address));
    if (tooMany) return refused({ code: "limited", until: tooMany });
    const until = await hit(db(), mailsPerAddress, email);
    // The same for an address without an account: asked for, not sent.
    const said = "5 links or codes were asked for this address within an hour. You can ask for another";
    if (until) return refused({ code: "limited", until, said });
    return changeAccount(null, async ({ tx, record }) => {
      const [user] = await tx.select({ id: users.id, name: users.name }).from(users).where(eq(users.email, email));
      const challengeId = await makeChallenge(tx, { purpose: "reset", email, userId: user?.id, invitationId });
      record({
        action: "challenge.created",
        target: { type: "challenge", id: challengeId },
        after: { purpose: "reset" },
      });
      if (user) await enqueue(tx, [{ kind: "reset", to: email, challengeId, name: user.name }]);
      return done(null);
    });
  });

type Resetting = { id: ChallengeId; userId: UserId; email: string; name: string; invitationId: InvitationId | null };

/** Whose password a link may change now; `over` when it could once; null when it isn't one of ours. Changes nothing. */
export const readReset = async (token: string, database: Queryable = db()): Promise<Resetting | "over" | null> => {
  const id = readResetToken(token);
  if (!id) return null;
  const challenge = await readOpenChallenge(database, id, "reset");
  if (!challenge?.userId) return "over";
  const [user] = await database.select({ name: users.name }).from(users).where(eq(users.id, challenge.userId));
  const { userId, email, invitationId } = challenge;
  return user ? { id, userId, email, name: user.name, invitationId } : "over";
};

/**
 * Sets a new password through a link, once, however many try at the same moment. Ends every session and all other links
 * and codes of the account. The link came by mail, so it proves the address too. Refuses `link-over` and passwords made
 * of the person's own words; gives the person, and the invitation they were about to join by.
 */
export const resetPassword = async (
  token: string,
  password: string,
): Promise<Result<Pick<Resetting, "userId" | "invitationId">>> => {
  const reset = await readReset(token);
  if (reset === null) return refused({ code: "not-found" });
  if (reset === "over") return refused({ code: "link-over" });
  const { id, userId, email, name, invitationId } = reset;
  const judged = refusePersonal("password", password, [email, name]);
  if (!judged.ok) return judged;
  const passwordHash = await hashPassword(password);

  const result = await changeAccount(userId, async ({ tx, now, record }) => {
    // The person first, then their links: two links of one person used at once would otherwise wait for each other.
    await tx.execute(sql`select from users where id = ${userId} for update`);
    if (!(await consume(tx, id, "reset"))) return refused({ code: "link-over" });
    const emailVerifiedAt = sql`coalesce(email_verified_at, ${now.toISOString()}::timestamptz)`;
    await tx.update(users).set({ passwordHash, passwordChangedAt: now, emailVerifiedAt }).where(eq(users.id, userId));
    const ended = await endSessions(tx, userId);
    await endChallenges(tx, userId);
    record({ action: "user.password_reset", target: { type: "user", id: userId }, after: { sessionsEnded: ended } });
    return done({ userId, invitationId });
  });
  if (result.ok) await forgetFailures(db(), email);
  return result;
};
