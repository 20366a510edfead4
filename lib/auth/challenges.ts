import { sql } from "drizzle-orm";
import type { Queryable, Tx } from "@/db/client";
import { challenges } from "@/db/schema";
import type { ChallengeId, InvitationId, UserId } from "@/db/schema/ids";
import { config } from "@/lib/config.mjs";
import { idField } from "@/lib/fields";
import type { Limit } from "@/lib/limits/limits";
import { fingerprintOf, sign } from "./derive";
import { bytesOf, readToken, writeToken } from "./token";

/** What a person can be asked to prove by a link or code in a mail. */
export type ChallengePurpose = (typeof challenges.$inferSelect)["purpose"];
export type CodePurpose = Exclude<ChallengePurpose, "reset">;

/** Codes and resets to one address (SPEC section 10). */
export const mailsPerAddress: Limit = { scope: "codes and resets", max: 5, seconds: 3600 };

/** How long a proof may take, in minutes, and how often a code may be tried (SPEC section 10). */
const minutes = { reset: 30, "sign-up": 10, join: 10, sudo: 10 } as const satisfies Record<ChallengePurpose, number>;
export const triesPerCode = 5;

/** The token of a reset link: the challenge's id (64 characters). Null when the secret with that fingerprint is gone. */
export const resetToken = (id: ChallengeId, fingerprint?: string): string | null =>
  writeToken("reset", { id, marks: [] }, fingerprint);

/** Reads a reset token back; null unless it is genuine. */
export const readResetToken = (token: string): ChallengeId | null => {
  const read = readToken(token, 0, () => "reset");
  return read && asChallengeId(read.id);
};

/** The six digits of a challenge, derived and never stored. Null when the secret with that fingerprint is gone. */
export const codeFor = (id: ChallengeId, purpose: CodePurpose, fingerprint?: string): string | null => {
  // 48 bits over a million: the first digits are likelier than the last by less than one in a hundred million.
  const number = sign(`code:${purpose}`, bytesOf(id), fingerprint)?.readUIntBE(0, 6);
  return number === undefined ? null : String(number % 1_000_000).padStart(6, "0");
};

/** Whether these are the digits of a challenge, under a secret that is still believed. Counts nothing: see `tryCode`. */
const isCodeOf = (id: ChallengeId, purpose: CodePurpose, typed: string): boolean =>
  [config().secret, config().previousSecret]
    .filter((secret) => secret !== null)
    // Five tries in all are a better guard than constant time over six digits.
    .some((secret) => codeFor(id, purpose, fingerprintOf(secret)) === typed);

type NewChallenge = {
  purpose: ChallengePurpose;
  email: string;
  userId?: UserId;
  invitationId?: InvitationId;
  /** What was typed before the proof was asked for; a password only as its hash. */
  payload?: unknown;
};

/** Writes down that a proof was asked for; it runs out by the database's clock. */
export const makeChallenge = async (tx: Tx, asked: NewChallenge): Promise<ChallengeId> => {
  const expiresAt = sql`clock_timestamp() + make_interval(mins => ${minutes[asked.purpose]})`;
  const [row] = await tx
    .insert(challenges)
    .values({ ...asked, expiresAt })
    .returning({ id: challenges.id });
  if (!row) throw new Error("A challenge was not written");
  return row.id;
};

const isOpen = sql`used_at is null and ended_at is null and expires_at > clock_timestamp()`;

/** An open challenge of this purpose; null when it is unknown, used, ended or out of time. Changes nothing. */
export const readOpenChallenge = async (database: Queryable, id: ChallengeId, purpose: ChallengePurpose) => {
  const [row] = await database
    .select()
    .from(challenges)
    .where(sql`id = ${id} and purpose = ${purpose} and tries < ${triesPerCode} and ${isOpen}`);
  return row ?? null;
};

/**
 * Counts one try at a code, then compares: at most five comparisons are ever made, also when they come at once.
 * `null` means that the code can't be tried any more.
 */
export const tryCode = async (
  database: Queryable,
  id: ChallengeId,
  purpose: CodePurpose,
  typed: string,
): Promise<boolean | null> => {
  const counted = await database.execute(sql`
    update challenges set tries = tries + 1
    where id = ${id} and purpose = ${purpose} and tries < ${triesPerCode} and ${isOpen} returning 1`);
  return counted.length === 0 ? null : isCodeOf(id, purpose, typed);
};

/**
 * Uses a challenge up, once and in time, in the transaction of what it allows. Locked first: an update that waited for the
 * lock could accept one that ran out meanwhile. Null when somebody was faster, or time was. A code was compared before.
 */
export const consume = async (tx: Tx, id: ChallengeId, purpose: ChallengePurpose) => {
  await tx.execute(sql`select from challenges where id = ${id} for update`);
  const [row] = await tx
    .update(challenges)
    // The clock moves on between the two looks at it in this statement: never written as later than what was allowed.
    .set({ usedAt: sql`least(clock_timestamp(), expires_at)` })
    .where(sql`id = ${id} and purpose = ${purpose} and ${isOpen}`)
    .returning();
  return row ?? null;
};

/** Ends every link and code of a person that could still be used. Call it with the person's row locked or written. */
export const endChallenges = async (tx: Tx, userId: UserId): Promise<void> => {
  await tx
    .update(challenges)
    .set({ endedAt: sql`clock_timestamp()`, payload: null })
    .where(sql`user_id = ${userId} and used_at is null and ended_at is null`);
};

const asChallengeId = (id: string) => id as ChallengeId; // a uuid; whether it is one of ours is for the query to say
/** A challenge's id as it comes in an address or a field. */
export const challengeField = idField.transform(asChallengeId);
