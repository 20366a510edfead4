import { eq } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { users } from "@/db/schema";
import type { UserId } from "@/db/schema/ids";
import { giveBack, hit, type Limit, originOf } from "@/lib/limits/limits";
import { done, type Result, refused } from "@/lib/result";
import type { KnownDevice } from "./device";
import { verifyPassword } from "./password";
import { forgetFailures, returnTurn, takeTurn } from "./turn";

/** Failures from one address of origin, whichever accounts they were at: more than a large office mistypes in 15 minutes. */
export const failuresPerOrigin: Limit = { scope: "sign-in origin", max: 300, seconds: 900 };
/** Failures in one known browser: its mark, if stolen, is no licence to guess. */
export const failuresPerDevice: Limit = { scope: "sign-in device", max: 30, seconds: 900 };

export type Attempt = { email: string; password: string; address: string; device: KnownDevice | null };
/** Somebody who has just shown the password of an account. `stillStands` says whether that password is still the one. */
export type Shown = { userId: UserId; passwordHash: string };

/**
 * One try at a password, the only door to all of them. Every wrong one gets `incorrect` and takes as long, whether the
 * address is known or not. Tries are counted before they are judged, so many at once get no more than one after the
 * other. A browser its owner has signed in with before has a count of its own: strangers can't lock it out.
 */
export const attempt = async ({ email, password, address, device }: Attempt): Promise<Result<Shown>> => {
  const [user] = await db()
    .select({ id: users.id, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.email, email));
  const count = user && device?.userId === user.id ? deviceCount(device) : strangerCount(email, address);

  const until = await count.take();
  if (until) return refused({ code: "limited", until });
  const right = await verifyPassword(user?.passwordHash ?? null, password).catch(async (error: unknown) => {
    await count.giveBack();
    throw error;
  });
  if (!right || !user) return refused({ code: "incorrect" });
  await count.giveBack();
  await forgetFailures(db(), email);
  return done({ userId: user.id, passwordHash: user.passwordHash });
};

const deviceCount = ({ device }: KnownDevice) => ({
  take: () => hit(db(), failuresPerDevice, device),
  giveBack: () => giveBack(db(), failuresPerDevice, device),
});

const strangerCount = (email: string, address: string) => ({
  take: async () => {
    const until = (await hit(db(), failuresPerOrigin, originOf(address))) ?? null;
    if (until) return until;
    const turn = await takeTurn(db(), email);
    // A try that was not made costs the others at this origin nothing.
    if (turn) await giveBack(db(), failuresPerOrigin, originOf(address));
    return turn;
  },
  giveBack: async () => {
    await giveBack(db(), failuresPerOrigin, originOf(address));
    await returnTurn(db(), email);
  },
});

/**
 * Whether the password that was shown is still the account's, in the transaction that builds on it: a reset that
 * committed meanwhile wins, and one that comes later waits and finds the session to end.
 */
export const stillStands = async (tx: Tx, shown: Shown): Promise<boolean> => {
  const [user] = await tx
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, shown.userId))
    .for("share");
  return user?.passwordHash === shown.passwordHash;
};
