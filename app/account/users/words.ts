import type { Event, Happened } from "@/lib/directory/past";
import { wordsFor } from "@/lib/messages";
import type { Mail } from "@/lib/outbox";

const happened: Record<Happened, string> = {
  "invitation.created": "Invited",
  "invitation.renewed": "Invited again",
  "invitation.resent": "Sent again",
  "invitation.groups_changed": "Groups changed",
  "invitation.vouched_for": "Groups kept, and vouched for",
  "invitation.group_deleted": "A group was deleted, and is left out",
  "invitation.link_revealed": "Link shown",
  "invitation.accepted": "Accepted",
  "invitation.declined": "Declined",
  "invitation.revoked": "Revoked",
  "invitation.expired": "Expired",
  "invitation.asked_again": "A new invite was asked for",
  "invitation.refused_to_other": "Tried by somebody with another address, and refused",
  "invitation.reminded": "Reminded of, before it runs out",
  "invitation.expiry_told": "The news that it expired was mailed to its sponsor",
  "invitation.blocked": "Its recipient wants no more invitations",
  "invitation.unblocked": "Its recipient allows invitations again",
  "membership.created": "Joined",
  "membership.deactivated": "Deactivated",
  "membership.reactivated": "Re-activated",
  "membership.overreached": "Tried more than they may, and was refused",
  "membership.access_requested": "Asked for access",
  "membership.access_granted": "Given the access they had asked for",
  "membership.access_refused": "Refused the access they had asked for",
  "group.created": "Put into a new group",
  "group.member_added": "Put into a group",
  "group.member_removed": "Taken out of a group",
  "group.deleted": "Lost a group that was deleted",
  "user.created": "Account made",
  "user.taken_over": "Account made anew by whoever holds the mailbox",
  "user.renamed": "Name changed",
  "user.invite_mail_changed": "Mail about their invites turned on or off",
  "user.password_changed": "Password changed",
  "user.password_reset": "Password reset",
};

const ways: Record<string, string> = {
  email: "through the link in the mail",
  link: "through a copied link",
  code: "through a copied link and a mailed code",
  session: "while signed in",
};

/** An audit event in words; one that an older or newer version wrote is named as it is. */
export const wordsOf = ({ action, groups, leftOut, deleted, through, because, instead }: Event): string =>
  [
    `${isHappened(action) ? happened[action] : action.replaceAll(/[._]/g, " ")}${groups ? ` (${groups})` : ""}`,
    leftOut && `without ${leftOut}, which the inviter may no longer hand out`,
    deleted && `without ${deleted}, which had been deleted`,
    through && ways[through],
    instead &&
      (action === "invitation.revoked"
        ? `for the address was wrong: ${instead} was invited instead`
        : `in place of ${instead}`),
    because && `because ${because} was deactivated`,
  ]
    .filter(Boolean)
    .join(", ");

const isHappened = (action: string): action is Happened => Object.hasOwn(happened, action);

const blocked = {
  yourself: wordsFor({ code: "yourself" }),
  "last-owner": "The last active owner can't be deactivated. Make somebody else an owner first.",
  "owners-only": "This is an owner: only an owner can deactivate or re-activate them.",
  "beyond-own-rights": "Their groups allow more than you may do yourself, so you can't re-activate them.",
};

/** Why a member can't be deactivated or re-activated by whoever looks. */
export const wordsForBlock = (block: keyof typeof blocked): string => blocked[block];

const mails: Record<Mail["kind"], string> = {
  invitation: "Invitation",
  reminder: "Reminder",
  reset: "Link for a new password",
  code: "Code",
  "already-registered": "Word that they have an account already",
  "asked-again": "Request for a new invite",
  "invites-ended": "Word of invites that ended",
  "groups-left-out": "Word of groups that were left out",
  "invite-news": "News of their invites",
  "made-owner": "Word that they are an owner now",
  deactivated: "Word that they were deactivated",
  "access-requested": "Request for access",
  "access-decided": "Answer to a request for access",
};

/** Why an open invite can't be sent again by whoever looks. */
export const outOfReach =
  "Its groups allow more than you may do yourself, so you can't send it again or copy its link.";

/** Who corrects an address when whoever looks may not. */
export const othersCorrect = "Somebody who may both invite and revoke can correct the address.";

/** What a mail is called; one of a kind that a newer version sends is called just that. */
export const wordsForMail = (kind: string): string => (isMail(kind) ? mails[kind] : "Mail");

const isMail = (kind: string): kind is Mail["kind"] => Object.hasOwn(mails, kind);
