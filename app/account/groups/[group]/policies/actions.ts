"use server";

import { action } from "@/lib/actions";
import { addPolicies, removePolicy, setPolicies } from "@/lib/groups/policies";
import { GroupPolicy, PoliciesInput } from "@/lib/groups/schema";
import { done } from "@/lib/result";
import { take } from "./steps";
import { ledTo } from "./view";

// One form with four presses: looking for more to choose, seeing what saving would do, going back, and saving. It is sent to
// the first of these by whoever may change groups, and to the second by whoever may only add.

export const editPolicies = action(
  "groups.edit",
  PoliciesInput,
  (granted, input) => take(granted, input, (group, { policies, seen }) => setPolicies(granted, group, policies, seen)),
  ledTo,
);

export const addToPolicies = action(
  "groups.create",
  PoliciesInput,
  (granted, input) => take(granted, input, (group, { added, seen }) => addPolicies(granted, group, added, seen)),
  ledTo,
);

/** Takes one policy away, from the page that asks first. */
export const dropPolicy = action(
  "groups.delete",
  GroupPolicy,
  async (granted, { group, policy }) => {
    const removed = await removePolicy(granted, group, policy);
    return removed.ok ? done(group) : removed;
  },
  (group) => `/account/groups/${group}?after=removed`,
);
