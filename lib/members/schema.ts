import { z } from "zod";
import type { UserId } from "@/db/schema/ids";
import { idField } from "@/lib/fields";

const toUserId = (id: string) => id as UserId; // a uuid; whether it is one of our members is for the query to say

/** A press on one member. */
export const MemberInput = z.object({ user: idField.transform(toUserId) });
