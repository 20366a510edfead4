import { db } from "@/db/client";
import { coverage } from "@/lib/access/covers";
import type { Grant } from "@/lib/access/grant";
import { holdingOf, readHolding } from "@/lib/access/holding";
import type { Policy } from "@/lib/access/policy";
import type { GroupWhole } from "./queries";

/**
 * Whether a group may be given a policy by this actor: what they hold themselves, and, when they change groups rather than
 * only add, what it allows already in a wider form. For pages; commands decide again. A table needs its schema in the policy.
 */
export const readGivable = async (
  { actor, organizationId, right }: Grant<"groups.edit" | "groups.create">,
  { named }: GroupWhole,
): Promise<(policy: Policy) => boolean> => {
  const holding = await readHolding(db(), organizationId, actor.userId);
  const held = holding ? coverage(holding) : () => false;
  if (right === "groups.create") return held;
  const had = coverage(
    holdingOf(
      false,
      named.map(({ policy }) => policy),
    ),
  );
  return (policy) => held(policy) || had(policy);
};
