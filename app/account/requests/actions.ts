"use server";

import { refresh } from "next/cache";
import { action } from "@/lib/actions";
import { decide } from "@/lib/requests/decide";
import { DecideInput } from "@/lib/requests/schema";
import { done } from "@/lib/result";

/** What was refused was drawn from an older state of things: the page then shows what is true now. */
export const decideRequest = action(
  "groups.edit",
  DecideInput,
  async (granted, input) => {
    const decided = await decide(granted, input);
    if (decided.ok) return done(input.request);
    refresh();
    return decided;
  },
  (request) => `/account/requests?after=${request}`,
);
