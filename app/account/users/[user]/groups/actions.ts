"use server";

import { action } from "@/lib/actions";
import { setGroups } from "@/lib/groups/members";
import { MemberGroups } from "@/lib/groups/schema";
import { groupsSaid } from "../../groups-said";

export const setMemberGroups = action("groups.edit", MemberGroups, (granted, { user, groups, had }) =>
  groupsSaid(granted, user, setGroups(granted, user, groups, had)),
);
