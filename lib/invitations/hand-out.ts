import { sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import type { GroupId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import type { OrganizationChange } from "@/lib/access/change";
import { covers } from "@/lib/access/covers";
import { type GroupHolding, type Holding, readGroupHoldings, readHolding } from "@/lib/access/holding";
import { done, type Result, refused } from "@/lib/result";
import type { OfferShown } from "./queries";

/**
 * Whether the actor may put somebody into these groups: it takes the right to change groups, and none of them may allow
 * more than the actor (SPEC section 3). Refuses also groups that don't exist here.
 */
export const mayHandOut = async (
  change: OrganizationChange,
  actor: Actor & Holding,
  ids: readonly GroupId[],
): Promise<Result<null>> => {
  if (ids.length === 0) return done(null);
  if (!actor.rights.has("groups.edit")) return refused({ code: "forbidden", missing: "groups.edit" });
  return mayReach(change, actor, ids);
};

/** Whether none of these groups allows more than the actor. */
export const mayReach = async (
  { tx, organizationId }: OrganizationChange,
  actor: Actor & Holding,
  ids: readonly GroupId[],
): Promise<Result<null>> => {
  const groups = await readGroupHoldings(tx, organizationId, ids);
  if (groups.length !== new Set(ids).size) return refused({ code: "not-found" });
  const beyond = groups.find((group) => !covers(actor, group.holding));
  return beyond ? refused({ code: "beyond-own-rights", group: beyond.name }) : done(null);
};

/**
 * The groups of an invitation: those its sponsor may hand out at this very moment (SPEC section 3), and the others. A
 * sponsor who isn't an active member any more hands out none.
 */
export const readHandedOut = async (
  database: Queryable,
  { id, organizationId, sponsor }: Pick<OfferShown, "id" | "organizationId" | "sponsor">,
): Promise<{ passing: GroupHolding[]; leftOut: GroupHolding[] }> => {
  const wanted = await database.execute<{ group_id: GroupId }>(
    sql`select group_id from invitation_groups where invitation_id = ${id}`,
  );
  const ids = wanted.map((row) => row.group_id);
  const groups = await readGroupHoldings(database, organizationId, ids);
  const holding = await readHolding(database, organizationId, sponsor.id);
  const passes = (group: GroupHolding) => holding?.rights.has("groups.edit") && covers(holding, group.holding);
  return { passing: groups.filter(passes), leftOut: groups.filter((group) => !passes(group)) };
};
