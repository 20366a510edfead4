import type { InvitationId } from "@/db/schema/ids";
import { change } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { done, type Result, refused } from "@/lib/result";
import { mayHandOut } from "./hand-out";
import { lockInvitation } from "./lock";
import { joinLink } from "./token";

/**
 * Shows the join link of a pending invitation, so that it can travel by other ways than mail. It doesn't prove the mailbox
 * (channel `link`), and that it was shown is written down. Refuses an invitation that has expired or ended, and groups
 * that allow more than the actor: without mail, whoever holds this link can join by it.
 */
export const copyLink = (granted: Grant<"access.create">, id: InvitationId): Promise<Result<string>> =>
  change(granted, async (change) => {
    const found = await lockInvitation(change, id);
    if (!found) return refused({ code: "not-found" });
    if (found.state === "expired") return refused({ code: "expired" });
    if (found.state !== "pending") return refused({ code: "no-longer-open" });
    const may = await mayHandOut(change, change.actor, found.groups);
    if (!may.ok) return may;

    const link = joinLink(id, "link");
    if (!link) throw new Error("Today's secret is always there");
    change.record({ action: "invitation.link_revealed", target: { type: "invitation", id } });
    return done(link);
  });
