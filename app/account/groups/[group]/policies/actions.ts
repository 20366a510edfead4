"use server";

import { action } from "@/lib/actions";
import { PoliciesInput } from "@/lib/groups/schema";
import { take } from "./steps";

/** One form with four presses: looking for more to choose, seeing what saving would do, going back, and saving. */
export const editPolicies = action("groups.edit", PoliciesInput, take, (answer) =>
  answer.step === "saved" ? `/account/groups/${answer.group}?after=policies` : null,
);
