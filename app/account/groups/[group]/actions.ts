"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import type { Right } from "@/lib/access/catalogue";
import { type Grant, grant } from "@/lib/access/grant";
import { action } from "@/lib/actions";
import { deleteGroup, renameGroup } from "@/lib/groups/commands";
import { addMembers, removeMember } from "@/lib/groups/members";
import { readPeople } from "@/lib/groups/queries";
import { GroupInput, groupField, MembersInput } from "@/lib/groups/schema";
import { done } from "@/lib/result";

const InGroup = z.object({ group: groupField });

export const saveDetails = action(
  "groups.edit",
  GroupInput.extend(InGroup.shape),
  async (granted, { group, ...input }) => {
    const saved = await renameGroup(granted, group, input);
    return saved.ok ? done(group) : saved;
  },
  (group) => `/account/groups/${group}?after=details`,
);

/** Puts people into a group or takes one out; whatever came of it, the page then shows who is in it. */
export const changeMembers = action("groups.edit", MembersInput, async (granted, { group, members, remove }) => {
  const settled = remove ? await removeMember(granted, group, remove) : await addMembers(granted, group, members);
  refresh();
  if (!settled.ok) return settled;
  const names = new Intl.ListFormat("en").format(await namesOf(granted, remove ? [remove] : members));
  return done(remove ? `${names} is out of the group.` : `In the group now: ${names}.`);
});

const namesOf = async ({ actor }: Grant<Right>, ids: Parameters<typeof readPeople>[1]): Promise<string[]> => {
  const reading = grant(actor, "groups.read");
  return reading ? (await readPeople(reading, ids)).map(({ name }) => name) : [];
};

export const removeGroup = action(
  "groups.delete",
  InGroup,
  (granted, { group }) => deleteGroup(granted, group),
  () => "/account/groups?after=deleted",
);
