"use server";

import { refresh } from "next/cache";
import { action } from "@/lib/actions";
import { done } from "@/lib/result";
import { lift } from "@/lib/suppressions/lift";
import { SuppressionInput } from "@/lib/suppressions/schema";

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
