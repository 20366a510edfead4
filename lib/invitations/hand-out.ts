import { sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { groupMembers } from "@/db/schema";
import type { GroupId, UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import type { OrganizationChange } from "@/lib/access/change";
import { covers } from "@/lib/access/covers";
import { type GroupHolding, type Holding, readGroupHoldings, readHolding } from "@/lib/access/holding";
import { groupName } from "@/lib/groups/names";
import { tellNewOwners } from "@/lib/groups/new-owners";
import { readActive } from "@/lib/members/queries";
import { gather, mailIsConfigured } from "@/lib/outbox";
import { done, type Refusal, type Result, refused } from "@/lib/result";
import type { OfferShown } from "./queries";

/**
 * Whether the actor may choose these groups for somebody: it takes the right to change groups, and none of them may allow
 * more than the actor (SPEC section 3). Refuses also groups that don't exist here.
 */
export const mayChoose = async (
  change: OrganizationChange,
  actor: Actor & Holding,
  ids: readonly GroupId[],
): Promise<Result<null>> => {
  if (ids.length === 0) return done(null);
  if (!actor.rights.has("groups.edit")) return refused({ code: "forbidden", missing: "groups.edit" });
  return mayHandOut(change, actor, ids);
};

/** Why this actor may not choose this group for somebody; null when they may. */
export const refusalOf = (actor: Holding, group: GroupHolding): Refusal | null => {
  if (!actor.rights.has("groups.edit")) return { code: "forbidden", missing: "groups.edit" };
  return covers(actor, group.holding) ? null : { code: "beyond-own-rights", group: group.name };
};

/**
 * Whether none of these groups allows more than the actor: the one rule of everything that hands out groups which somebody
 * has chosen before, such as sending an invitation again (SPEC section 3). Refuses also groups that don't exist here.
 */
export const mayHandOut = async (
  { tx, organizationId }: OrganizationChange,
  actor: Actor & Holding,
  ids: readonly GroupId[],
): Promise<Result<null>> => {
  const groups = await readGroupHoldings(tx, organizationId, ids);
  if (groups.length !== new Set(ids).size) return refused({ code: "not-found" });
  const beyond = groups.find((group) => !covers(actor, group.holding));
  return beyond ? refused({ code: "beyond-own-rights", group: beyond.name }) : done(null);
};

/** A group that an invitation named, and what it was called. */
type Deleted = { id: GroupId; name: string };

/**
 * The groups of an invitation: those its sponsor may hand out at this very moment (SPEC section 3), the others, and those
 * that were deleted since. A sponsor who isn't an active member any more hands out none.
 */
export const readHandedOut = async (
  database: Queryable,
  { id, organizationId, sponsor }: Pick<OfferShown, "id" | "organizationId" | "sponsor">,
): Promise<{ passing: GroupHolding[]; leftOut: GroupHolding[]; deleted: Deleted[] }> => {
  const wanted = await database.execute<{ id: GroupId; deleted: false } | (Deleted & { deleted: true })>(sql`
    select group_id as id, false as deleted, null as name from invitation_groups where invitation_id = ${id}
    union all select gone.id, true, ${groupName(sql`i.organization_id`, sql`gone.id`)}
    from invitations i, unnest(i.deleted_groups) gone(id) where i.id = ${id}`);
  const ids = wanted.filter((row) => !row.deleted).map((row) => row.id);
  const groups = await readGroupHoldings(database, organizationId, ids);
  const holding = await readHolding(database, organizationId, sponsor.id);
  const passes = (group: GroupHolding) => holding !== null && covers(holding, group.holding);
  return {
    passing: groups.filter(passes),
    leftOut: groups.filter((group) => !passes(group)),
    deleted: wanted.filter((row) => row.deleted),
  };
};

/**
 * Puts the new member into the groups that the sponsor may hand out now. Which were left out, or deleted since, stands in
 * the audit, and the sponsor is told. Gives those for the invitation's own history.
 */
export const handOut = async (change: OrganizationChange, offer: OfferShown, userId: UserId) => {
  const { tx, organizationId } = change;
  const { passing, leftOut, deleted } = await readHandedOut(tx, offer);
  if (passing.length > 0)
    await tx.insert(groupMembers).values(passing.map(({ id: groupId }) => ({ organizationId, groupId, userId })));
  for (const group of passing) if (group.builtIn) await tellNewOwners(change, offer.sponsor, group.id, [userId]);
  const without = { leftOut: leftOut.map(({ id }) => id), deleted: deleted.map(({ id }) => id) };
  change.record({
    action: "membership.created",
    target: { type: "user", id: userId },
    after: { groups: passing.map(({ id }) => id), ...without },
  });
  if (leftOut.length + deleted.length > 0 && mailIsConfigured()) {
    const names = (groups: readonly { name: string }[]) => groups.map(({ name }) => name);
    const joined = [{ email: offer.email, without: names(leftOut), deleted: names(deleted) }];
    const sponsor = await readActive({ organizationId }, offer.sponsor.id, tx);
    if (sponsor)
      await gather(tx, {
        kind: "groups-left-out",
        to: sponsor.email,
        organizationId,
        organization: offer.organization,
        joined,
      });
  }
  return without;
};
