import { sql } from "drizzle-orm";
import type { UserId } from "@/db/schema/ids";
import { changeOrganization } from "@/lib/access/change";
import { mailIsConfigured, withdraw } from "@/lib/outbox";
import { done, type Result, refused } from "@/lib/result";
import type { Opened } from "./accept";
import { lockInvitation } from "./lock";
import { readOffer } from "./queries";
import { answersForInvited, proofOf } from "./rules";
import { tellSponsor } from "./tell-sponsor";

/**
 * Says no to a pending invitation, for whoever holds its link; every link to it ends. Refuses one that is over already
 * or has run out by the database's clock, and a copied link in the hands of anybody (`userId` if they are signed in) who
 * hasn't shown that the invited address is theirs (`no-longer-open`).
 */
export const decline = async ({ id, channel }: Opened, userId: UserId | null = null): Promise<Result<null>> => {
  const offer = await readOffer(id);
  if (!offer) return refused({ code: "not-found" });
  if (!answersForInvited(offer, userId, proofOf(channel, mailIsConfigured())))
    return refused({ code: "no-longer-open" });
  // Nobody is named: the link says which invitation, not who pressed the button.
  return changeOrganization(offer.organizationId, null, async (change) => {
    const found = await lockInvitation(change, id);
    if (found?.state !== "pending") return refused({ code: "no-longer-open" });
    await withdraw(change.tx, [id]);
    await change.tx.execute(sql`update invitations set declined_at = clock_timestamp() where id = ${id}`);
    change.record({
      action: "invitation.declined",
      target: { type: "invitation", id },
      after: { through: channel },
    });
    await tellSponsor(change, found, "declined");
    return done(null);
  });
};
