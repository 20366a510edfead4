import { db } from "@/db/client";
import type { Facts } from "@/lib/audit/events";
import { hit, type Limit } from "@/lib/limits/limits";
import { done, type Refusal } from "@/lib/result";
import type { Actor } from "./actor";
import type { AnyRight } from "./catalogue";
import { changeOrganization } from "./change";

/** More of one person's would say nothing new, and each holds the organization's lock for a moment. */
const attempts: Limit = { scope: "overreach", max: 20, seconds: 3600 };

/**
 * Writes down that a member tried what takes a right they lack, or hands out more than they hold: at most twenty times an
 * hour each. Any other refusal leaves no trace.
 */
export const recordOverreach = async (actor: Actor, right: AnyRight, refusal: Refusal): Promise<void> => {
  const tried = triedIn(refusal);
  if (!tried || (await hit(db(), attempts, `${actor.organizationId} ${actor.userId}`))) return;
  await changeOrganization(actor.organizationId, actor.userId, async ({ record }) => {
    record({
      action: "membership.overreached",
      target: { type: "user", id: actor.userId },
      after: { right, refusal: refusal.code, ...tried },
    });
    return done(null);
  });
};

const triedIn = (refusal: Refusal): Facts | null => {
  if (refusal.code === "forbidden") return { missing: refusal.missing };
  if (refusal.code === "beyond-own-rights") return { group: refusal.group };
  return refusal.code === "owners-only" ? {} : null;
};
