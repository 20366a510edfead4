import { sql } from "drizzle-orm";
import type { AccessRequestId, GroupId, UserId } from "@/db/schema/ids";
import { change, type MembersChange } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import type { GroupHolding } from "@/lib/access/holding";
import { joinGroups } from "@/lib/groups/members";
import { withLets } from "@/lib/groups/offered";
import { enqueue, mailIsConfigured } from "@/lib/outbox";
import { done, invalid, type Result, refused } from "@/lib/result";
import type { DecideInput } from "./schema";

/**
 * Answers a request: puts whoever asked into groups, or refuses. Decision, memberships, audit events and the mail to
 * them commit together. Refuses what adding them to these groups would be refused for, a request that was decided
 * already (`decided-already`: of two who decide at once, the second is told what the first did), and giving access to
 * somebody inactive, who would have it the moment they are re-activated.
 */
export const decide = (
  granted: Grant<"groups.edit">,
  { request: id, step, groups, answer }: DecideInput,
): Promise<Result<null>> =>
  change(granted, async (change) => {
    const { tx, actor, record } = change;
    const request = await readForDecision(change, id);
    if (!request) return refused({ code: "not-found" });
    if (request.granted !== null) {
      const by = request.deciderId === actor.userId ? null : request.decider;
      return refused({ code: "decided-already", by, granted: request.granted });
    }
    const given = step === "grant" ? await give(change, request, groups) : done([]);
    if (!given.ok) return given;
    await tx.execute(sql`
      update access_requests set decided_at = clock_timestamp(), decided_by_id = ${actor.userId},
        granted = ${step === "grant"}, answer = ${answer}
      where id = ${id}`);
    record({
      action: step === "grant" ? "membership.access_granted" : "membership.access_refused",
      target: { type: "user", id: request.userId },
      after: { request: id, ...(step === "grant" && { groups: given.value.map((group) => group.id) }) },
    });
    await tell(change, request, given.value, answer);
    return done(null);
  });

type Asked = {
  userId: UserId;
  email: string;
  active: boolean;
  granted: boolean | null;
  deciderId: UserId | null;
  decider: string;
};

const readForDecision = async (
  { tx, organizationId }: MembersChange,
  id: AccessRequestId,
): Promise<Asked | undefined> => {
  const [row] = await tx.execute<Asked>(sql`
    select r.user_id as "userId", m.email, m.deactivated_at is null as active, r.granted,
      r.decided_by_id as "deciderId", coalesce(decider.name, '') as decider
    from access_requests r
      join memberships m on m.organization_id = r.organization_id and m.user_id = r.user_id
      left join memberships decider on decider.organization_id = r.organization_id and decider.user_id = r.decided_by_id
    where r.organization_id = ${organizationId} and r.id = ${id}`);
  return row;
};

/** Puts whoever asked into these groups. */
const give = async (
  change: MembersChange,
  { userId, active }: Asked,
  ids: readonly GroupId[],
): Promise<Result<GroupHolding[]>> => {
  if (!active) return invalid("groups", "They are inactive. Re-activate them first, or refuse the request.");
  const joined = await joinGroups(change, userId, ids);
  return joined ?? invalid("groups", "A group you chose no longer exists. Choose among those that do.");
};

/** Tells whoever asked, by mail, unless they decided it themselves. Somebody inactive isn't told: they left, or were made to. */
const tell = async (
  { tx, organizationId, organizationName: organization, actor }: MembersChange,
  { userId, email: to, active }: Asked,
  groups: readonly GroupHolding[],
  answer: string,
): Promise<void> => {
  if (!mailIsConfigured() || !active || userId === actor.userId) return;
  const named = groups.map(({ id, name, builtIn }) => ({ id, name, owners: builtIn === "owners" }));
  const given = (await withLets(tx, organizationId, named)).map(({ name: group, lets }) => ({ group, lets }));
  await enqueue(tx, [{ kind: "access-decided", to, organizationId, organization, by: actor.name, given, answer }]);
};
