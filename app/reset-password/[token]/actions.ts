"use server";

import { z } from "zod";
import { openAction } from "@/lib/actions";
import { rememberDevice } from "@/lib/auth/known-device";
import { passwordField } from "@/lib/auth/password";
import { resetPassword } from "@/lib/auth/reset";
import { tokenFor } from "@/lib/invitations/token";
import { done } from "@/lib/result";

const ResetInput = z.object({
  token: z.string().max(200, "This link is too long to be one of ours."),
  password: passwordField,
});

/** Sets the new password. Signing in with it comes next: whoever only got hold of the mail learns no more than that. */
export const setPassword = openAction(
  ResetInput,
  async ({ token, password }) => {
    const reset = await resetPassword(token, password);
    if (!reset.ok) return reset;
    const { userId, invitationId } = reset.value;
    await rememberDevice(userId);
    return done(invitationId ? backTo(invitationId) : "/signin?after=reset");
  },
  (path: `/${string}`) => path,
);

/** The page of the invitation that was left for this. The mail reached its mailbox, as that with a code would have. */
const backTo = (invitationId: Parameters<typeof tokenFor>[0]) =>
  `/join/${tokenFor(invitationId, "code")}?after=reset` as const;
