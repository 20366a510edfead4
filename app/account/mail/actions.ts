"use server";

import { refresh } from "next/cache";
import { action } from "@/lib/actions";
import { MailInput } from "@/lib/invitations/schema";
import { tryAgain } from "@/lib/invitations/try-again";
import { done } from "@/lib/result";
import { lift } from "@/lib/suppressions/lift";
import { SuppressionInput } from "@/lib/suppressions/schema";
import { wordsForRetried } from "../users/said";

/** Only owners may: the command asks. What was refused was drawn from an older state of things. */
export const liftSuppression = action(
  "access.read",
  SuppressionInput,
  async (granted, { suppression }) => {
    const lifted = await lift(granted, suppression);
    if (lifted.ok) return done(suppression);
    refresh();
    return lifted;
  },
  (suppression) => `/account/mail?lifted=${suppression}`,
);

/** Hands one mail that failed to the provider once more. The list shows what is true now, whatever came of it. */
export const tryListedMailAgain = action("access.create", MailInput, async (granted, { mail }) => {
  const tried = await tryAgain(granted, mail);
  refresh();
  return tried.ok ? done(wordsForRetried({ email: tried.value }).words) : tried;
});
