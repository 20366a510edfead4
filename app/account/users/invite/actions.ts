"use server";

import { action } from "@/lib/actions";
import { invite } from "@/lib/invitations/invite";
import { InviteForm } from "@/lib/invitations/schema";
import { doubtIn } from "@/lib/invitations/typo";
import { done, invalid } from "@/lib/result";
import { answerOf } from "./answer";

/** Invites the typed addresses and says of each what became of it; what looks like a slip is asked about first. */
export const inviteUsers = action("access.create", InviteForm, async (granted, { asked, ...input }) => {
  const doubt = doubtIn(input.addresses, asked);
  if (doubt) return invalid("addresses", doubt);
  const result = await invite(granted, input);
  return result.ok ? done(answerOf(result.value, input, granted.actor)) : result;
});
