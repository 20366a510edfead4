import { sql } from "drizzle-orm";
import type { GroupId, InvitationId } from "@/db/schema/ids";
import { change, unchanged } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { chosenFrom } from "@/lib/groups/chosen";
import { done, type Result, refused } from "@/lib/result";
import { mayChoose } from "./hand-out";
import { lockInvitation } from "./lock";
import { isOpen } from "./rules";

/**
 * Makes these the groups of a pending or expired invitation. `had` are those that were ticked when the form was drawn: what
 * others gave it since stays; without `had`, `groups` is all there is. Its links and mails stay good, and whoever saved it
 * vouches for all of them from now on, also for the same groups: so none may allow more than they may do. Refuses an
 * invitation that has ended, and groups that don't exist here.
 */
export const changeGroups = (
  granted: Grant<"groups.edit">,
  id: InvitationId,
  groups: readonly GroupId[],
  had?: readonly GroupId[],
): Promise<Result<null>> =>
  change(granted, async (change) => {
    const { tx, actor, organizationId } = change;
    const found = await lockInvitation(change, id);
    if (!found) return refused({ code: "not-found" });
    if (!isOpen(found.state)) return refused({ code: "no-longer-open" });
    const wanted = chosenFrom(found.groups, groups, had).toSorted();
    const may = await mayChoose(change, actor, wanted);
    if (!may.ok) return may;
    const before = [...found.groups, ...found.deletedGroups].toSorted();
    const same = before.join() === wanted.join();
    if (same && found.sponsorId === actor.userId) return unchanged(null);

    await tx.execute(sql`delete from invitation_groups where invitation_id = ${id}`);
    await tx.execute(sql`
      insert into invitation_groups (organization_id, invitation_id, group_id)
      select ${organizationId}, ${id}, value::uuid from jsonb_array_elements_text(${JSON.stringify(wanted)}::jsonb)`);
    await tx.execute(sql`update invitations set sponsor_id = ${actor.userId}, deleted_groups = '{}' where id = ${id}`);
    change.record({
      action: same ? "invitation.vouched_for" : "invitation.groups_changed",
      target: { type: "invitation", id },
      before: { groups: before, sponsor: found.sponsorId },
      after: { groups: wanted, sponsor: actor.userId },
    });
    return done(null);
  });
