"use server";

import { action } from "@/lib/actions";
import { invite } from "@/lib/invitations/invite";
import { InviteInput } from "@/lib/invitations/schema";
import { done } from "@/lib/result";
import { answerOf } from "./answer";

/** Invites the typed addresses and says of each what became of it. */
export const inviteUsers = action("access.create", InviteInput, async (granted, input) => {
  const result = await invite(granted, input);
  return result.ok ? done(answerOf(result.value, input, granted.actor)) : result;
});
