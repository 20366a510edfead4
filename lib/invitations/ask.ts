import { db, type Queryable } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import { changeOrganization } from "@/lib/access/change";
import { frees, hit, type Limit } from "@/lib/limits/limits";
import { readActive, readOwners } from "@/lib/members/queries";
import { gather, mailIsConfigured } from "@/lib/outbox";
import { done, type Result, refused } from "@/lib/result";
import { lockInvitation } from "./lock";
import { type OfferShown, readOffer } from "./queries";

/** Asking for a new invite, per invitation (SPEC section 6). */
const askingAgain: Limit = { scope: "ask for a new invite", max: 1, seconds: 86_400 };

/** When this invitation's link lets its holder ask again; null when they may now. */
export const askedUntil = (id: InvitationId): Promise<Date | null> => frees(db(), askingAgain, id);

/** Whom the holder of a link can ask: its sponsor, or the active owners, at most five, once the sponsor has left. */
export const whomToAsk = async (
  { organizationId, sponsor }: Pick<OfferShown, "organizationId"> & { sponsor: Pick<OfferShown["sponsor"], "id"> },
  database: Queryable = db(),
) => {
  const here = await readActive({ organizationId }, sponsor.id, database);
  return here ? [here] : readOwners({ organizationId }, database);
};

/**
 * Tells the sponsor, or the owners when the sponsor has left, that the holder of an expired or declined invitation wants
 * a new one. The invitation stays as it is. Refuses other states, and the second time in a day (`limited`).
 */
export const askForNewInvite = async (id: InvitationId): Promise<Result<null>> => {
  const offer = await readOffer(id);
  if (!offer || !mailIsConfigured()) return refused({ code: "not-found" });
  return changeOrganization(offer.organizationId, null, async (change) => {
    const found = await lockInvitation(change, id);
    if (found?.state !== "expired" && found?.state !== "declined") return refused({ code: "no-longer-open" });
    const until = await hit(change.tx, askingAgain, id);
    if (until)
      return refused({ code: "limited", until, said: "A new invite was asked for already. You can ask again" });

    // Of the invitation as it is under its lock: somebody may have taken it over while this waited.
    const asked = { organizationId: offer.organizationId, sponsor: { id: found.sponsorId } };
    for (const { email } of await whomToAsk(asked, change.tx))
      await gather(change.tx, {
        kind: "asked-again",
        to: email,
        organizationId: offer.organizationId,
        organization: offer.organization,
        asked: [found.email],
        askedAt: { [found.email]: change.now.toISOString() },
      });
    change.record({ action: "invitation.asked_again", target: { type: "invitation", id } });
    return done(null);
  });
};
