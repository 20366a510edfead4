import "server-only";
import type { Viewer } from "@/lib/access/actor";
import { invalid, type Result } from "@/lib/result";
import { changePassword } from "./account";
import { refusePersonal } from "./guessable";
import { hashPassword } from "./password";
import { checkPassword } from "./sign-in";

/**
 * Changes the password of the signed-in person, who shows the current one through the same door, with the same limits, as
 * when signing in: an unlocked screen is no licence to guess. Their other sessions end.
 */
export const changeOwnPassword = async (person: Viewer, current: string, chosen: string): Promise<Result<null>> => {
  const about = [person.name, person.email, person.actor?.organizationName ?? ""];
  const judged = refusePersonal("newPassword", chosen, about);
  if (!judged.ok) return judged;
  const shown = await checkPassword(person.email, current);
  const changed = shown.ok ? await changePassword(shown.value, await hashPassword(chosen), person.sessionId) : shown;
  const wrong = !changed.ok && changed.refusal.code === "incorrect";
  return wrong ? invalid("currentPassword", "This isn't your current password.") : changed;
};
