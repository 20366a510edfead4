"use server";

import { refresh } from "next/cache";
import { memberAction } from "@/lib/actions";
import { ask } from "@/lib/requests/ask";
import { AskInput } from "@/lib/requests/schema";

/** Whatever came of it, the page then shows what waits for an answer. */
export const askForAccess = memberAction(AskInput, async (actor, input) => {
  const asked = await ask(actor, input);
  refresh();
  return asked;
});
