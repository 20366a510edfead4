"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { grant } from "@/lib/access/grant";
import { action } from "@/lib/actions";
import { deleteGroup, renameGroup } from "@/lib/groups/commands";
import { addMembers, removeMember } from "@/lib/groups/members";
import { readCandidates, readPeople } from "@/lib/groups/queries";
import { GroupInput, groupField, MembersSteps } from "@/lib/groups/schema";
import { drawnField } from "@/lib/meanwhile";
import { done, type Result } from "@/lib/result";
import { foundAmong } from "../found";
import type { Moved } from "./moved";

const InGroup = z.object({ group: groupField });

export const saveDetails = action(
  "groups.edit",
  GroupInput.extend({ ...InGroup.shape, drawn: drawnField }),
  async (granted, { group, drawn, ...input }) => {
    const saved = await renameGroup(granted, group, input, drawn);
    if (saved.ok) return done(group);
    refresh();
    return saved;
  },
  (group) => `/account/groups/${group}?after=details`,
);

/**
 * Looks for people, puts those ticked into a group, or takes one out; whatever came of that, the page then shows who is in
 * it.
 */
export const changeMembers = action("groups.edit", MembersSteps, async (granted, input): Promise<Result<Moved>> => {
  const reading = grant(granted.actor, "groups.read");
  if (!reading) throw new Error("Every right on groups implies seeing them");
  const { group, step } = input;
  if (step === "find") return done({ step, people: foundAmong(await readCandidates(reading, group, input.q), input) });
  const touched = step === "remove" ? [input.remove] : input.members;
  const settled = await (step === "remove"
    ? removeMember(granted, group, input.remove)
    : addMembers(granted, group, touched));
  refresh();
  if (!settled.ok) return settled;
  const names = (await readPeople(reading, touched)).map(({ name }) => name);
  return done({ step, said: saidOf(step, names) });
});

const saidOf = (step: "add" | "remove", names: readonly string[]): string => {
  const who = new Intl.ListFormat("en").format(names);
  if (step === "remove") return `${who} is out of the group.`;
  return names.length > 8 ? `In the group now: ${names.length} more people.` : `In the group now: ${who}.`;
};

export const removeGroup = action(
  "groups.delete",
  InGroup,
  (granted, { group }) => deleteGroup(granted, group),
  () => "/account/groups?after=deleted",
);
