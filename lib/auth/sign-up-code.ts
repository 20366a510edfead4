import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { db, type Tx } from "@/db/client";
import { challenges, users } from "@/db/schema";
import type { ChallengeId, UserId } from "@/db/schema/ids";
import { type Change, changeAccount } from "@/lib/access/change";
import { hit } from "@/lib/limits/limits";
import { enqueue } from "@/lib/outbox";
import { done, invalid, type Result, refused } from "@/lib/result";
import { challengeField, consume, mailsPerAddress, makeChallenge, readOpenChallenge, tryCode } from "./challenges";
import { type Founded, found } from "./founding";

const Founding = z.object({ organizationName: z.string(), name: z.string(), passwordHash: z.string() });
/**
 * What waits for the code. For an address that has an account the page of the code never leads anywhere. Neither of the
 * two once it is used or ended: then it is forgotten, a password's hash with it.
 */
const Waiting = z.union([z.object({ hasAccount: z.literal(true) }), Founding]);
type Waiting = z.output<typeof Waiting>;

const wrongCode = invalid("code", "This isn't the code we sent last. Check the digits.");

/**
 * Sends a code to a new address, and a mail that says so to one that has an account: the same rows and the same answer,
 * so that nobody learns which it is (SAFETY 29). Five an hour to one address.
 */
export const askForCode = async ({
  email,
  organizationName,
  name,
  passwordHash,
}: z.output<typeof Founding> & { email: string }): Promise<Result<{ challengeId: ChallengeId }>> => {
  const until = await hit(db(), mailsPerAddress, email);
  if (until) return refused({ code: "limited", until });
  return changeAccount(null, async (change) => {
    const [account] = await change.tx.select({ id: users.id }).from(users).where(eq(users.email, email));
    return done({
      challengeId: await send(change, email, account ? { hasAccount: true } : { organizationName, name, passwordHash }),
    });
  });
};

const send = async ({ tx, record }: Change, email: string, payload: Waiting): Promise<ChallengeId> => {
  const challengeId = await makeChallenge(tx, { purpose: "sign-up", email, payload });
  record({
    action: "challenge.created",
    target: { type: "challenge", id: challengeId },
    after: { purpose: "sign-up" },
  });
  await enqueue(tx, [
    "hasAccount" in payload
      ? { kind: "already-registered", to: email }
      : { kind: "code", to: email, challengeId, purpose: "sign-up" },
  ]);
  return challengeId;
};

/** What the page for the code shows: the address, and whether a code can still be typed. Null when there is no such page. */
export const readSignUp = async (id: string): Promise<{ email: string; state: "open" | "used" | "over" } | null> => {
  const parsed = challengeField.safeParse(id);
  if (!parsed.success) return null;
  const challengeId = parsed.data;
  const [row] = await db()
    .select({ email: challenges.email, usedAt: challenges.usedAt })
    .from(challenges)
    .where(sql`id = ${challengeId} and purpose = 'sign-up' and created_at > clock_timestamp() - interval '1 day'`);
  if (!row) return null;
  if (row.usedAt) return { email: row.email, state: "used" };
  return { email: row.email, state: (await readOpenChallenge(db(), challengeId, "sign-up")) ? "open" : "over" };
};

/** Sends another code for the same sign-up; the earlier one ends. Refuses one that has been used. */
export const sendAnotherCode = async (id: ChallengeId): Promise<Result<{ challengeId: ChallengeId }>> => {
  const asked = await readSignUp(id);
  if (!asked) return refused({ code: "not-found" });
  const until = await hit(db(), mailsPerAddress, asked.email);
  if (until) return refused({ code: "limited", until });
  return changeAccount(null, async (change) => {
    const payload = await end(change.tx, id);
    return payload === undefined
      ? refused({ code: "code-over" })
      : done({ challengeId: await send(change, asked.email, payload) });
  });
};

const end = async (tx: Tx, id: ChallengeId): Promise<Waiting | undefined> => {
  const [row] = await tx
    .select({ payload: challenges.payload })
    .from(challenges)
    .where(sql`id = ${id} and purpose = 'sign-up' and used_at is null and ended_at is null`)
    .for("update");
  await tx
    .update(challenges)
    .set({ endedAt: sql`clock_timestamp()`, payload: null })
    .where(sql`id = ${id} and used_at is null and ended_at is null`);
  return Waiting.safeParse(row?.payload).data;
};

/** Founds the organization that waits for this code, once. Refuses a wrong code, and `code-over` after five tries or ten minutes. */
export const confirmSignUp = async (id: ChallengeId, code: string): Promise<Result<Founded>> => {
  const right = await tryCode(db(), id, "sign-up", code);
  if (right === null) return refused({ code: "code-over" });
  if (!right) return wrongCode;
  let founder: UserId | null = null;
  return changeAccount(
    () => founder,
    async (change) => {
      const used = await consume(change.tx, id, "sign-up");
      if (!used) return refused({ code: "code-over" });
      const waiting = Waiting.safeParse(used.payload).data;
      // One guess in a million hits the code of a page that leads nowhere: no different from the others.
      if (!waiting || "hasAccount" in waiting) return wrongCode;
      await change.tx.update(challenges).set({ payload: null }).where(eq(challenges.id, id));
      const founded = await found(change, { ...waiting, email: used.email, verified: true });
      if (founded.ok) founder = founded.value.userId;
      return founded;
    },
  );
};
