import "server-only";
import { clientAddress } from "@/lib/http/exchange";
import { done, type Result } from "@/lib/result";
import { attempt, type Shown } from "./attempt";
import { enter } from "./enter";
import { knownDevice } from "./known-device";
import { openSession } from "./session";

/** One try at a password from the browser that sent this request: see `attempt`. */
export const checkPassword = async (email: string, password: string): Promise<Result<Shown>> =>
  attempt({ email, password, address: clientAddress(), device: await knownDevice() });

/** Signs this browser in. Refuses as `checkPassword` does, and `inactive` only behind the right password. */
export const signIn = async (email: string, password: string): Promise<Result<null>> => {
  const shown = await checkPassword(email, password);
  if (!shown.ok) return shown;
  const entered = await enter(shown.value);
  if (!entered.ok) return entered;
  await openSession(entered.value);
  return done(null);
};
