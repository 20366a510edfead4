import type { Actor } from "@/lib/access/actor";
import { isOpen, mostSends } from "@/lib/invitations/rules";
import type { Refusal } from "@/lib/result";
import type { InvitationRow, MemberRow, Row } from "./queries";

/** What can be done to a row of User Management. `retry` is about its mail. */
export type Verb = "deactivate" | "reactivate" | "resend" | "retry" | "copy" | "revoke";

/** What a row's menu offers: presses, and a form of its own for its groups. A failed mail has its own press beside it. */
export type Item = Exclude<Verb, "retry"> | "groups";

/** What this actor may do to this row, in the order it is offered. The commands decide again, under their locks. */
export const verbsFor = (actor: Actor, row: Row): Item[] =>
  row.kind === "member" ? memberVerbs(actor, row) : invitationVerbs(actor, row);

const memberVerbs = (actor: Actor, member: MemberRow): Item[] => {
  const groups = groupsFor(actor);
  if (!actor.rights.has("access.edit") || blockFor(actor, member)) return groups;
  return [...groups, member.active ? "deactivate" : "reactivate"];
};

/** Which groups, the form and the command decide. */
const groupsFor = (actor: Actor): Item[] => (actor.rights.has("groups.edit") ? ["groups"] : []);

/** Why somebody who may otherwise deactivate and re-activate people may not do it to this one; null when they may. */
export const blockFor = (actor: Actor, member: MemberRow): "yourself" | "owners-only" | "beyond-own-rights" | null => {
  if (member.id === actor.userId) return "yourself";
  if (member.owner && !actor.owner) return "owners-only";
  return member.active || !member.beyond ? null : "beyond-own-rights";
};

/**
 * What keeps an open invitation from being sent again by somebody who else might: mail doesn't reach its address or may
 * not, or it was sent as often as it can be; null when nothing does, and for everybody who may not send it anyway.
 */
export const whyNotAgain = (actor: Actor, row: InvitationRow): Refusal | null => {
  if (!mayResend(actor, row)) return null;
  if (row.heldBack) return { code: "undeliverable", because: row.heldBack };
  return row.sends >= mostSends ? { code: "sent-enough" } : null;
};

const reaches = (actor: Actor, row: InvitationRow): boolean => actor.rights.has("access.create") && !row.beyond;

const mayResend = (actor: Actor, row: InvitationRow): boolean => isOpen(row.state) && reaches(actor, row);

/** Whether this actor may end an open invitation and invite another address in its place. The command decides again. */
export const mayCorrect = (actor: Actor, row: InvitationRow): boolean =>
  mayResend(actor, row) && actor.rights.has("access.delete");

/** Whether this actor may hand an invitation's failed mail to the provider once more. The command decides again. */
export const mayRetry = (actor: Actor, row: InvitationRow): boolean =>
  row.state === "pending" && row.mail?.retriable === true && !row.heldBack && mayResend(actor, row);

/** Whether only its groups, which allow more than they may do, keep somebody who may invite from an open invitation. */
export const isOutOfReach = (actor: Actor, row: InvitationRow): boolean =>
  isOpen(row.state) && actor.rights.has("access.create") && row.beyond;

const invitationVerbs = (actor: Actor, row: InvitationRow): Item[] => {
  if (!isOpen(row.state)) return [];
  return [
    ...(mayResend(actor, row) && !whyNotAgain(actor, row) ? (["resend"] as const) : []),
    ...(reaches(actor, row) && row.state === "pending" ? (["copy"] as const) : []),
    ...groupsFor(actor),
    ...(actor.rights.has("access.delete") ? (["revoke"] as const) : []),
  ];
};
