import { sql } from "drizzle-orm";
import type { InvitationId } from "@/db/schema/ids";
import { change, type MembersChange, unchanged } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { withdraw } from "@/lib/outbox";
import { done, type Result, refused } from "@/lib/result";
import { lockInvitation } from "./lock";
import { isOpen } from "./rules";

/**
 * Ends a pending or expired invitation and every link to it at once; mail that hasn't gone is not sent. Pressed twice it
 * answers the same. Refuses one that was accepted, declined or revoked by another.
 */
export const revoke = (granted: Grant<"access.delete">, id: InvitationId): Promise<Result<null>> =>
  change(granted, async (change) => {
    const found = await lockInvitation(change, id);
    if (!found) return refused({ code: "not-found" });
    if (found.revokedById === change.actor.userId) return unchanged(null);
    if (!isOpen(found.state)) return refused({ code: "no-longer-open" });

    await endInvitation(change, id);
    change.record({
      action: "invitation.revoked",
      target: { type: "invitation", id },
      before: { state: found.state },
    });
    return done(null);
  });

/** The revoking itself, of an open invitation that is locked; what is written down of it is the caller's. */
export const endInvitation = async ({ tx, actor }: MembersChange, id: InvitationId): Promise<void> => {
  await withdraw(tx, [id]);
  await tx.execute(sql`
    update invitations set revoked_at = clock_timestamp(), revoked_by_id = ${actor.userId} where id = ${id}`);
};
