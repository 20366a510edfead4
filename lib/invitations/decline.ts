import { sql } from "drizzle-orm";
import { changeOrganization } from "@/lib/access/change";
import { withdraw } from "@/lib/outbox";
import { done, type Result, refused } from "@/lib/result";
import type { Opened } from "./accept";
import { lockInvitation } from "./lock";
import { readOffer } from "./queries";
import { tellSponsor } from "./tell-sponsor";

/**
 * Says no to a pending invitation, for whoever holds its link; every link to it ends. Refuses one that is over already
 * or has run out by the database's clock (`no-longer-open`).
 */
export const decline = async ({ id, channel }: Opened): Promise<Result<null>> => {
  const offer = await readOffer(id);
  if (!offer) return refused({ code: "not-found" });
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
