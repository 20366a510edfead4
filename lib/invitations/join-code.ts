import { db } from "@/db/client";
import type { ChallengeId } from "@/db/schema/ids";
import { changeAccount } from "@/lib/access/change";
import { consume, mailsPerAddress, makeChallenge, readOpenChallenge, tryCode } from "@/lib/auth/challenges";
import { giveBack, hit, type Limit } from "@/lib/limits/limits";
import { enqueue, mailIsConfigured } from "@/lib/outbox";
import { done, invalid, type Result, refused } from "@/lib/result";
import type { Opened } from "./accept";
import { readOffer } from "./queries";
import { tokenFor } from "./token";

/** Codes to the address of an invitation whose link was copied (SPEC section 5). */
const codesPerAddress: Limit = { scope: "join codes", max: 5, seconds: 86_400 };

/**
 * Sends six digits to the invited address, so that whoever holds a copied link can show that the mailbox is theirs. Says
 * nothing of whether the address has an account. Refuses an invitation that isn't pending, and the sixth code in a day.
 */
export const sendJoinCode = async ({ id }: Opened): Promise<Result<ChallengeId>> => {
  const offer = await readOffer(id);
  if (!offer || !mailIsConfigured()) return refused({ code: "not-found" });
  if (offer.state !== "pending") return refused({ code: "no-longer-open" });
  const { email } = offer;
  const tooMany = await hit(db(), codesPerAddress, email);
  if (tooMany) return limited("5 codes were sent there within a day", tooMany);
  const tooFast = await hit(db(), mailsPerAddress, email);
  if (tooFast) {
    await giveBack(db(), codesPerAddress, email);
    return limited("5 codes and links were asked for this address within an hour", tooFast);
  }
  return changeAccount(null, async ({ tx, record }) => {
    const challengeId = await makeChallenge(tx, { purpose: "join", email, invitationId: id });
    record({ action: "challenge.created", target: { type: "challenge", id: challengeId }, after: { purpose: "join" } });
    await enqueue(tx, [{ kind: "code", to: email, challengeId, purpose: "join" }]);
    return done(challengeId);
  });
};

const limited = (already: string, until: Date) =>
  refused({ code: "limited", until, said: `${already}. You can ask for another` });

/** Whether a code can still be typed for this invitation. */
export const awaitsCode = async ({ id }: Opened, challengeId: ChallengeId): Promise<boolean> =>
  (await readOpenChallenge(db(), challengeId, "join"))?.invitationId === id;

/**
 * Takes the six digits, once, and gives a link that proves the mailbox as the mailed one does. Refuses wrong digits, and
 * `code-over` after five tries or ten minutes, or for a code of another invitation.
 */
export const confirmJoinCode = async (
  opened: Opened,
  challengeId: ChallengeId,
  typed: string,
): Promise<Result<string>> => {
  if (!(await awaitsCode(opened, challengeId))) return refused({ code: "code-over" });
  const right = await tryCode(db(), challengeId, "join", typed);
  if (right === null) return refused({ code: "code-over" });
  if (!right) return invalid("code", "This isn't the code we sent last. Check the digits.");
  return changeAccount(null, async ({ tx, record }) => {
    if (!(await consume(tx, challengeId, "join"))) return refused({ code: "code-over" });
    record({ action: "challenge.used", target: { type: "challenge", id: challengeId }, after: { purpose: "join" } });
    const token = tokenFor(opened.id, "code");
    if (!token) throw new Error("Today's secret is always there");
    return done(token);
  });
};
