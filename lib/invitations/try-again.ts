import { sql } from "drizzle-orm";
import type { InvitationId, OutboxId } from "@/db/schema/ids";
import { change, type MembersChange, unchanged } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { mailIsConfigured, mayGoAgain, queueAgain } from "@/lib/outbox";
import { done, type Refusal, type Result, refused } from "@/lib/result";
import { mayHandOut } from "./hand-out";
import { readHeldBack } from "./held-back";
import { lockInvitation } from "./lock";

type Tried = Readonly<{ state: string; send: number | null; again: boolean }>;

/** What a mail is that was given another chance a moment ago, in another tab or with a press before. */
const onItsWay = ["queued", "sending", "sent", "delivered", "delayed"];

/**
 * Hands a mail that failed to the provider once more, under its own id and with the same words: to whoever took it without
 * our knowing it is the same mail. Gives its address. Pressed twice it is tried once. Refuses one that may have arrived,
 * that failed after the provider had taken it, that was first tried more than 23 hours ago or has been replaced by a newer
 * one (`mail-over`), an invitation's that has ended or expired, one to an address that mail doesn't reach or may not
 * (`undeliverable`), and groups that allow more than the actor.
 */
export const tryAgain = (granted: Grant<"access.create">, id: OutboxId): Promise<Result<string>> =>
  change(granted, async (change) => {
    const { tx, organizationId } = change;
    const [told] = await tx.execute<{ to: string; invitationId: InvitationId | null }>(sql`
      select to_email as to, invitation_id as "invitationId" from outbox where organization_id = ${organizationId} and id = ${id}`);
    if (!told) return refused({ code: "not-found" });
    // Before the mail, as everybody who changes an invitation and its mail does.
    const found = told.invitationId && (await lockInvitation(change, told.invitationId));
    await tx.execute(sql`select from outbox where id = ${id} for update`);
    const [mail] = await tx.execute<Tried>(sql`
      select o.state, o.send, ${mayGoAgain} as again from outbox o where o.id = ${id}`);
    if (!mail) return refused({ code: "not-found" });
    if (onItsWay.includes(mail.state)) return unchanged(told.to);
    if (!mail.again || !mailIsConfigured()) return refused({ code: "mail-over" });
    const refusal = found ? await refusalOf(change, found, mail.send) : await refusalTo(change, told.to);
    if (refusal) return refused(refusal);
    await queueAgain(tx, id);
    change.record({ action: "mail.tried_again", target: { type: "mail", id } });
    return done(told.to);
  });

type Invitation = NonNullable<Awaited<ReturnType<typeof lockInvitation>>>;

const refusalOf = async (
  change: MembersChange,
  { state, email, sends, groups }: Invitation,
  send: number | null,
): Promise<Refusal | null> => {
  if (state === "expired") return { code: "expired" };
  if (state !== "pending") return { code: "no-longer-open" };
  if (sends !== send) return { code: "mail-over" };
  const may = await mayHandOut(change, change.actor, groups);
  if (!may.ok) return may.refusal;
  const because = await readHeldBack(change, email);
  return because && { code: "undeliverable", because };
};

/** Of mail of no invitation: whoever wants no more invitations gets it all the same, but no address that it bounces from. */
const refusalTo = async ({ tx, organizationId }: MembersChange, email: string): Promise<Refusal | null> => {
  const [standing] = await tx.execute<{ because: "bounced" | "complained" }>(sql`
    select because from suppressions
    where organization_id = ${organizationId} and email = ${email} and lifted_at is null`);
  return standing ? { code: "undeliverable", because: standing.because } : null;
};
