import { z } from "zod";
import type { OrganizationId, UserId } from "@/db/schema/ids";
import { idField } from "@/lib/fields";

const toUserId = (id: string) => id as UserId; // a uuid; whether it is one of our members is for the query to say

/** A press on one member. */
export const MemberInput = z.object({ user: idField.transform(toUserId) });

const toOrganizationId = (id: string) => id as OrganizationId; // a uuid; whether it is one of theirs is for the command to say

/** An organization to go to. */
export const organizationField = idField.transform(toOrganizationId);
