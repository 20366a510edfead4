import "server-only";
import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";
import { turnstile } from "@/lib/limits/crowd";
import { whyGuessable } from "./guessable";

/** SPEC section 10. */
const least = 12;
const most = 128;
/** Argon2id, 64 MiB, three passes, one lane (SPEC section 10); Argon2id is the package's default. */
const cost = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 };

type Slot = { [key: symbol]: ReturnType<typeof turnstile> | undefined };
// On globalThis: pages and actions may be bundled apart, and the memory of the machine is one.
const slot: Slot = globalThis;
const key = Symbol.for("gatehouse.hashing");
/**
 * At most four at once (SPEC section 10), and one core left to everything else: on two cores, two at once were measured
 * to be slower than one after the other, and pages waited for both.
 */
const abreast = Math.max(1, Math.min(4, availableParallelism() - 1));
/** Some five seconds of waiting; who comes after that is told to come back. */
const waiting = 50 * abreast;
const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
  slot[key] ??= turnstile(abreast, waiting);
  return slot[key](task);
};

/** One spelling for letters that keyboards compose in different ways. */
const composed = (password: string) => password.normalize("NFC");

/**
 * A new password: 12 to 128 characters of any script, nothing else asked of it, but not one of those that are tried
 * first. What depends on the person is for `refusePersonal`.
 */
export const passwordField = z
  .string({ error: "Choose a password." })
  .transform(composed)
  .pipe(
    z
      .string()
      .min(1, "Choose a password.")
      .refine((value) => [...value].length >= least, `Use at least ${least} characters.`)
      .refine((value) => [...value].length <= most, `Use at most ${most} characters.`)
      .superRefine((value, context) => {
        const why = [...value].length >= least && whyGuessable(value);
        if (why) context.addIssue({ code: "custom", message: why });
      }),
  );

/** Hashes a password for keeping. Throws `Crowded` when too many are being hashed. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(composed(password), cost));

/**
 * Whether this is the password of the hash. With `null`, for an address nobody has, it takes as long and says no.
 * Throws `Crowded` when too many are being hashed.
 */
export const verifyPassword = (kept: string | null, password: string): Promise<boolean> =>
  inTurn(async () => {
    if (kept !== null) return verify(kept, composed(password));
    await hash(composed(password), cost);
    return false;
  });
