"use server";

import { grant } from "@/lib/access/grant";
import { action } from "@/lib/actions";
import { createGroup, duplicateGroup } from "@/lib/groups/commands";
import { readCandidates } from "@/lib/groups/queries";
import { NewGroupSteps } from "@/lib/groups/schema";
import { done, type Result } from "@/lib/result";
import { foundAmong } from "../found";
import type { Drawn, Made } from "./answer";

/**
 * One form with two presses: looking for people, which keeps everything that was typed and ticked, and making the group,
 * which leads to it.
 */
export const newGroup = action(
  "groups.create",
  NewGroupSteps,
  async (granted, input): Promise<Result<Drawn | Made>> => {
    if (input.step === "find") {
      const reading = grant(granted.actor, "groups.read");
      if (!reading) throw new Error("Every right on groups implies seeing them");
      const { name, description } = input;
      return done({ name, description, people: foundAmong(await readCandidates(reading, null, input.q), input) });
    }
    const made = input.copy ? await duplicateGroup(granted, input.copy, input) : await createGroup(granted, input);
    return made.ok ? done({ made: made.value, copied: input.copy !== undefined }) : made;
  },
  (value) => ("made" in value ? `/account/groups/${value.made}?after=${value.copied ? "copied" : "created"}` : null),
);
