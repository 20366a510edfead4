import { sql } from "drizzle-orm";
import type { InvitationId } from "@/db/schema/ids";
import { change } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { enqueue, mailIsConfigured, withdraw } from "@/lib/outbox";
import { done, type Result, refused } from "@/lib/result";
import { mayHandOut } from "./hand-out";
import { readHeldBack } from "./held-back";
import { lockInvitation } from "./lock";
import { againAt, expiryOf, isOpen, mostSends } from "./rules";

/**
 * Sends a pending or expired invitation again, good for its whole lifetime from now on; whoever does so vouches for it
 * from now on, while its message stays that of its author. Links in earlier mails go on working. Refuses one that has
 * ended, the sixth time again (`sent-enough`), the next within five minutes (`limited`), one that mail doesn't
 * reach or may not (`undeliverable`), and groups that allow more than the actor.
 */
export const resend = (granted: Grant<"access.create">, id: InvitationId): Promise<Result<null>> =>
  change(granted, async (change) => {
    const { tx, actor, organizationId, now } = change;
    const found = await lockInvitation(change, id);
    if (!found) return refused({ code: "not-found" });
    if (!isOpen(found.state)) return refused({ code: "no-longer-open" });
    const may = await mayHandOut(change, actor, found.groups);
    if (!may.ok) return may;
    if (found.sends >= mostSends) return refused({ code: "sent-enough" });
    const until = againAt(found.lastSentAt);
    if (until > now)
      return refused({ code: "limited", until, said: "This invite was sent a moment ago. You can send it again" });

    const because = await readHeldBack(change, found.email);
    if (because) return refused({ code: "undeliverable", because });

    await withdraw(tx, [id], "sent-again");
    const send = found.sends + 1;
    const expiresAt = expiryOf(now, found.lifetimeDays).toISOString();
    await tx.execute(sql`
      update invitations set sponsor_id = ${actor.userId}, sends = ${send}, last_sent_at = ${now.toISOString()},
        expires_at = ${expiresAt}, link_only = ${!mailIsConfigured()}
      where id = ${id}`);
    if (mailIsConfigured())
      await enqueue(tx, [
        {
          kind: "invitation",
          organizationId,
          invitationId: id,
          send,
          to: found.email,
          organization: change.organizationName,
          inviter: { name: actor.name, email: actor.email },
          message: found.message,
          author: found.author.name,
          expiresAt,
        },
      ]);
    change.record({
      action: "invitation.resent",
      target: { type: "invitation", id },
      before: { state: found.state },
      after: { send, expiresAt },
    });
    return done(null);
  });
