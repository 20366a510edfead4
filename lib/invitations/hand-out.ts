import type { GroupId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import type { OrganizationChange } from "@/lib/access/change";
import { covers, readGroupHoldings } from "@/lib/access/covers";
import { done, type Result, refused } from "@/lib/result";

/**
 * Whether the actor may put somebody into these groups: it takes the right to change groups, and none of them may allow
 * more than the actor (SPEC section 3). Refuses also groups that don't exist here.
 */
export const mayHandOut = async (
  change: OrganizationChange,
  actor: Actor,
  ids: readonly GroupId[],
): Promise<Result<null>> => {
  if (ids.length === 0) return done(null);
  if (!actor.rights.has("groups.edit")) return refused({ code: "forbidden", missing: "groups.edit" });
  return mayReach(change, actor, ids);
};

/** Whether none of these groups allows more than the actor. */
export const mayReach = async (
  { tx, organizationId }: OrganizationChange,
  actor: Actor,
  ids: readonly GroupId[],
): Promise<Result<null>> => {
  const groups = await readGroupHoldings(tx, organizationId, ids);
  if (groups.length !== new Set(ids).size) return refused({ code: "not-found" });
  const beyond = groups.find((group) => !covers(actor, group.holding));
  return beyond ? refused({ code: "beyond-own-rights", group: beyond.name }) : done(null);
};
