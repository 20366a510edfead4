"use server";

import { z } from "zod";
import { openAction } from "@/lib/actions";
import { emailField } from "@/lib/auth/fields";
import { askForReset } from "@/lib/auth/reset";
import { clientAddress } from "@/lib/http/exchange";
import { done } from "@/lib/result";

/** Mails a reset link, if the address has an account; says the same either way. */
export const sendResetLink = openAction(z.object({ email: emailField }), async ({ email }) => {
  const asked = await askForReset(email, clientAddress());
  return asked.ok ? done(email) : asked;
});
