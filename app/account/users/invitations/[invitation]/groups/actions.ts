"use server";

import { action } from "@/lib/actions";
import { changeGroups } from "@/lib/invitations/change-groups";
import { InvitationGroups } from "@/lib/invitations/schema";
import { groupsSaid } from "../../../groups-said";

export const changeInviteGroups = action("groups.edit", InvitationGroups, (granted, { invitation, groups, had }) =>
  groupsSaid(granted, invitation, changeGroups(granted, invitation, groups, had)),
);
