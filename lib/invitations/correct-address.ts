import { sql } from "drizzle-orm";
import type { InvitationId } from "@/db/schema/ids";
import { change, type MembersChange, unchanged } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { wordsFor } from "@/lib/messages";
import { done, invalid, type Result, refused } from "@/lib/result";
import { parseAddress } from "./address";
import { send } from "./invite";
import { type Locked, lockInvitation } from "./lock";
import { type Outcome, wentOut } from "./outcomes";
import { openSql, stateSql } from "./queries";
import { endInvitation } from "./revoke";
import { isOpen, type State } from "./rules";
import { doubtIn } from "./typo";

/**
 * Revokes a pending or expired invitation and invites the right address in its place, with the same groups, message and
 * lifetime: both or neither. Takes the right to revoke, too. Gives the new invitation; the same form posted again by the
 * same person gives it again. Refuses an invitation that has ended, an address that can't be invited or has an open
 * invitation of its own, groups that allow more than the actor, and what looks like a slip, unless it is the one they were
 * `asked` about before.
 */
export const correctAddress = (
  granted: Grant<"access.create">,
  id: InvitationId,
  typed: string,
  asked = "",
): Promise<Result<InvitationId>> =>
  change(granted, async (change) => {
    if (!change.actor.rights.has("access.delete")) return refused({ code: "forbidden", missing: "access.delete" });
    const found = await lockInvitation(change, id);
    if (!found) return refused({ code: "not-found" });
    const email = parseAddress(typed);
    if (!email) return invalid("email", "This is not an email address.");
    const earlier = found.state === "revoked" && (await readReplacement(change, id, email));
    if (earlier) return unchanged(earlier);
    if (!isOpen(found.state)) return refused({ code: "no-longer-open" });
    if (email === found.email) return invalid("email", "This is the address it went to. Enter the right one.");
    const doubt = doubtIn([typed], [asked]);
    if (doubt) return invalid("email", doubt);
    const own = await readOpen(change, email);
    if (own) return invalid("email", `This address has ${own} invite already. Revoke this one instead.`);

    await endInvitation(change, id);
    const sent = await send(change, { addresses: [email], ...sameAs(found) });
    if (!sent.ok) return sent;
    const [outcome] = sent.value;
    const replacement = outcome && wentOut(outcome) && outcome.invitationId;
    if (!replacement) return whyNot(outcome);
    change.record({
      action: "invitation.revoked",
      target: { type: "invitation", id },
      before: { state: found.state },
      after: { replacedBy: replacement },
    });
    return done(asInvitationId(replacement));
  });

const sameAs = ({ id, groups, message, author, lifetimeDays }: Locked) => ({
  groups: [...groups],
  message,
  lifetimeDays,
  inPlaceOf: { id, author },
});

/** Where this person has sent this invitation before, if it was to this address. */
const readReplacement = async ({ tx, organizationId, actor }: MembersChange, id: InvitationId, email: string) => {
  const [row] = await tx.execute<{ id: InvitationId }>(sql`
    select i.id from audit_events e join invitations i on i.id = (e.after ->> 'replacedBy')::uuid
    where e.organization_id = ${organizationId} and e.target_type = 'invitation' and e.target_id = ${id}
      and e.actor_id = ${actor.userId} and i.organization_id = ${organizationId} and i.email = ${email}`);
  return row?.id;
};

/**
 * What kind of open invite an address has, if it has one. Inviting it would renew an expired one with the groups of another,
 * and those that were chosen for it may be beyond this actor.
 */
const readOpen = async ({ tx, organizationId }: MembersChange, email: string): Promise<string | null> => {
  const [row] = await tx.execute<{ state: State }>(sql`
    select ${stateSql} as state from invitations i
    where i.organization_id = ${organizationId} and i.email = ${email} and ${openSql}`);
  if (!row) return null;
  return row.state === "pending" ? "an open" : "an expired";
};

/** Why an address can't be invited in another's place. */
const whyNot = (outcome: Outcome | undefined) => {
  if (outcome?.until)
    return refused({ code: "limited", until: new Date(outcome.until), said: "Your organization can invite again" });
  switch (outcome?.kind) {
    case "already-member":
      return invalid("email", "Whoever has this address is a member already. Revoke this invite instead.");
    case "inactive":
      return invalid(
        "email",
        "Whoever has this address was deactivated in your organization; an invite doesn't change that.",
      );
    case "cant-be-delivered":
      return outcome.because
        ? invalid("email", wordsFor({ code: "undeliverable", because: outcome.because }))
        : invalid("email", "No invite can be sent to this address.");
    default:
      return invalid("email", "No invite can be sent to this address.");
  }
};

const asInvitationId = (id: string) => id as InvitationId; // outcomes are plain data; our own command has written it
