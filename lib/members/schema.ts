import { z } from "zod";
import type { OrganizationId, UserId } from "@/db/schema/ids";
import { idOf } from "@/lib/fields";

/** A press on one member. */
export const MemberInput = z.object({ user: idOf<UserId>() });

/** An organization to go to. */
export const organizationField = idOf<OrganizationId>();
