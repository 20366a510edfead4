import { z } from "zod";
import type { GroupId, SourceId, UserId } from "@/db/schema/ids";
import { type Policy, readKey } from "@/lib/access/policy";
import { idOf, nameField, searchField, textField, unknownId } from "@/lib/fields";
import { mostPicked } from "@/lib/picking";
import { drafted, readDraft, wordsOf } from "./draft";

export const groupField = idOf<GroupId>();
export const membersField = z.array(idOf<UserId>()).transform((ids) => [...new Set(ids)]);

/** What a group is called and for. */
export const GroupInput = z.object({
  name: nameField("a group name"),
  description: textField,
});
export type GroupInput = z.output<typeof GroupInput>;

/** A group to be made, or made like another: with at least one member from the start. */
export const NewGroupInput = GroupInput.extend({
  members: membersField.refine((ids) => ids.length > 0, "Choose at least one member.").prefault([]),
});
export type NewGroupInput = z.output<typeof NewGroupInput>;

/** A search for people: what was ticked before it, and who was in sight. */
const FindPeople = z.object({
  step: z.literal("find"),
  q: searchField,
  listed: z.string().max(60_000).default(""),
  members: membersField
    .refine((ids) => ids.length <= mostPicked, `Tick at most ${mostPicked} people at a time: save these first.`)
    .default([]),
});

/** The form of a new group: looking for people to put into it, or making it, perhaps like another. */
export const NewGroupSteps = z.discriminatedUnion("step", [
  FindPeople.extend({ name: z.string().max(1000).default(""), description: z.string().max(5000).default("") }),
  NewGroupInput.extend({ step: z.literal("create"), copy: groupField.optional() }),
]);

/** The members of a group: looking for people, putting those ticked into it, or taking one out. */
export const MembersSteps = z.discriminatedUnion("step", [
  FindPeople.extend({ group: groupField }),
  z.object({
    step: z.literal("add"),
    group: groupField,
    members: membersField.refine((ids) => ids.length > 0, "Tick at least one person.").prefault([]),
  }),
  z.object({ step: z.literal("remove"), group: groupField, remove: idOf<UserId>() }),
]);

/** Groups that are chosen, and those that were when the form was drawn: lists that are empty where nothing is sent. */
export const GroupChoice = z.object({ groups: z.array(groupField).default([]), had: z.array(groupField).default([]) });

/** A member, and the groups they are to be in. */
export const MemberGroups = GroupChoice.extend({ user: idOf<UserId>() });

/** Policies as forms name them, in the words of `keyOf`. */
export const policyField = z
  .string()
  .max(200)
  .transform((key, context): Policy => {
    const policy = readKey(key);
    if (policy) return policy;
    context.addIssue({ code: "custom", message: unknownId });
    return z.NEVER;
  });

/** One policy of a group. */
export const GroupPolicy = z.object({ group: groupField, policy: policyField });

const wordsField = z.string().max(60_000).default("");

/**
 * A step of the policy editor, which changes one part of a group's policies. `changes` are those made so far; `offered`
 * were ticked when the boxes in sight were drawn, and `policies` are now.
 */
export const PoliciesInput = z
  .object({
    group: groupField,
    about: z.union([z.literal("administrative"), z.literal("domains"), idOf<SourceId>()]),
    /** The state of the group that was chosen from: `versionOf`. */
    seen: z.string().max(100).default(""),
    step: z.enum(["find", "review", "back", "save"]),
    q: searchField,
    changes: wordsField,
    offered: wordsField,
    policies: z.array(z.string().max(200)).default([]),
  })
  .transform(({ changes, offered, policies, ...input }) => ({
    ...input,
    draft: drafted(readDraft(changes), wordsOf(offered), policies),
  }));
export type PoliciesInput = z.output<typeof PoliciesInput>;
