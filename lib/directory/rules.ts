import type { Actor } from "@/lib/access/actor";
import { mostSends } from "@/lib/invitations/rules";
import type { InvitationRow, MemberRow, Row } from "./queries";

/** What can be done to a row of User Management. */
export type Verb = "deactivate" | "reactivate" | "resend" | "copy" | "revoke";

/** What this actor may do to this row, in the order it is offered. The commands decide again, under their locks. */
export const verbsFor = (actor: Actor, row: Row): Verb[] =>
  row.kind === "member" ? memberVerbs(actor, row) : invitationVerbs(actor, row);

const memberVerbs = (actor: Actor, member: MemberRow): Verb[] => {
  if (!actor.rights.has("access.edit") || blockFor(actor, member)) return [];
  return [member.active ? "deactivate" : "reactivate"];
};

/** Why somebody who may otherwise deactivate and re-activate people may not do it to this one; null when they may. */
export const blockFor = (actor: Actor, member: MemberRow): "yourself" | "owners-only" | "beyond-own-rights" | null => {
  if (member.id === actor.userId) return "yourself";
  if (member.owner && !actor.owner) return "owners-only";
  return member.active || !member.beyond ? null : "beyond-own-rights";
};

const invitationVerbs = (actor: Actor, row: InvitationRow): Verb[] => {
  const open = row.state === "pending" || row.state === "expired";
  if (!open) return [];
  const reaches = actor.rights.has("access.create") && !row.beyond;
  const handsOut = row.groups.length === 0 || actor.rights.has("groups.edit");
  return [
    ...(reaches && handsOut && row.sends < mostSends ? (["resend"] as const) : []),
    ...(reaches && row.state === "pending" ? (["copy"] as const) : []),
    ...(actor.rights.has("access.delete") ? (["revoke"] as const) : []),
  ];
};
