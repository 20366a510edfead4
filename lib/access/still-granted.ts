import { db } from "@/db/client";
import { standsIn } from "@/lib/auth/session-rows";
import type { Right } from "./catalogue";
import type { Grant } from "./grant";
import { readHolding } from "./holding";

/**
 * Whether what was granted to a session a while ago holds at this moment: the session lives and stands in the same
 * organization, where its person is active and has the right. For answers that go on after their request.
 */
export const stillGranted = async ({ right, actor, organizationId }: Grant<Right>): Promise<boolean> =>
  (await standsIn(actor.sessionId, organizationId)) &&
  (await readHolding(db(), organizationId, actor.userId))?.rights.has(right) === true;
