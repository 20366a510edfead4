import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { GroupId, OrganizationId, UserId } from "@/db/schema/ids";
import { change, unchanged } from "@/lib/access/change";
import { covers } from "@/lib/access/covers";
import type { Grant } from "@/lib/access/grant";
import { type GroupHolding, readGroupHoldings } from "@/lib/access/holding";
import { enqueue, mailIsConfigured } from "@/lib/outbox";
import { done, type Result, refused } from "@/lib/result";
import { revokeSponsored, tellOwners } from "./sponsored";

/**
 * Ends a member's access to this organization at their next request, on every device: sessions that stand here move to
 * another organization they are active in, or end. Their groups are kept, their own pending invitations revoked; they
 * are told by mail, and of the invitations the owners. Somebody inactive already stays as they are. Refuses the actor
 * themselves, owners to all but owners, and the last active owner: two owners who try it on each other come one after the
 * other, and the second no longer may.
 */
export const deactivate = (granted: Grant<"access.edit">, userId: UserId): Promise<Result<null>> =>
  change(granted, async (change) => {
    const { tx, actor, organizationId, record } = change;
    const member = await lockMember(tx, organizationId, userId);
    if (!member) return refused({ code: "not-found" });
    if (userId === actor.userId) return refused({ code: "yourself" });
    if (isOwner(member) && !actor.owner) return refused({ code: "owners-only" });
    if (!member.active) return unchanged(null);

    const revoked = await revokeSponsored(change, userId);
    await tx.execute(sql`
      update memberships set deactivated_at = clock_timestamp()
      where organization_id = ${organizationId} and user_id = ${userId}`);
    const sessions = await leave(tx, organizationId, userId);
    record({
      action: "membership.deactivated",
      target: { type: "user", id: userId },
      after: { sessions, invitations: revoked.length },
    });
    if (mailIsConfigured())
      await enqueue(tx, [
        { kind: "deactivated", to: member.email, organizationId, organization: change.organizationName },
      ]);
    await tellOwners(change, member, revoked);
    return done(null);
  });

/**
 * Gives a member their access back, with the groups they had. Somebody active already stays as they are. Refuses what
 * the actor couldn't hand out: groups that allow more than they may do, and owners to all but owners.
 */
export const reactivate = (granted: Grant<"access.edit">, userId: UserId): Promise<Result<null>> =>
  change(granted, async ({ tx, actor, organizationId, record }) => {
    const member = await lockMember(tx, organizationId, userId);
    if (!member) return refused({ code: "not-found" });
    if (member.active) return unchanged(null);
    if (isOwner(member) && !actor.owner) return refused({ code: "owners-only" });
    const beyond = member.groups.find((group) => !covers(actor, group.holding));
    if (beyond) return refused({ code: "beyond-own-rights", group: beyond.name });

    await tx.execute(sql`
      update memberships set deactivated_at = null where organization_id = ${organizationId} and user_id = ${userId}`);
    record({
      action: "membership.reactivated",
      target: { type: "user", id: userId },
      after: { groups: member.groups.map(({ id }) => id) },
    });
    return done(null);
  });

type Member = { name: string; email: string; active: boolean; groups: GroupHolding[] };

const isOwner = ({ groups }: Member): boolean => groups.some(({ builtIn }) => builtIn === "owners");

/**
 * A member with what their groups allow, whether they are active or not. Lock order: organization (held), then the
 * person, for whom signing in and other organizations' changes now wait.
 */
const lockMember = async (tx: Tx, organizationId: OrganizationId, userId: UserId): Promise<Member | null> => {
  await tx.execute(sql`select from users where id = ${userId} for no key update`);
  const [row] = await tx.execute<{ name: string; email: string; active: boolean; groups: GroupId[] }>(sql`
    select m.name, m.email, m.deactivated_at is null as active, array(
      select gm.group_id from group_members gm where gm.organization_id = m.organization_id and gm.user_id = m.user_id
    ) as groups
    from memberships m where m.organization_id = ${organizationId} and m.user_id = ${userId}`);
  return row ? { ...row, groups: await readGroupHoldings(tx, organizationId, row.groups) } : null;
};

/**
 * Takes the sessions that stand in this organization to where the person was last active otherwise, or ends them when
 * there is no such place. Tells how many, and not which of the two: where else somebody belongs is nobody's business here.
 */
const leave = async (tx: Tx, organizationId: OrganizationId, userId: UserId): Promise<number> => {
  const left = await tx.execute(sql`
    with other as (
      select organization_id from memberships where user_id = ${userId} and deactivated_at is null
        and organization_id <> ${organizationId}
      order by last_active_at desc nulls last, joined_at desc, organization_id limit 1
    )
    update sessions set organization_id = coalesce((select organization_id from other), organization_id),
      left_organization_id = ${organizationId},
      ended_at = case when exists (select from other) then null else clock_timestamp() end
    where user_id = ${userId} and organization_id = ${organizationId} and ended_at is null
    returning 1`);
  return left.length;
};
