import type { Event } from "@/lib/directory/past";

const happened: Record<string, string> = {
  "invitation.created": "Invited",
  "invitation.renewed": "Invited again",
  "invitation.resent": "Sent again",
  "invitation.link_revealed": "Link shown",
  "invitation.groups_left_out": "Groups left out on joining",
  "invitation.refused_to_other": "Opened by somebody with another address, and refused",
  "invitation.asked_again": "A new invite was asked for",
  "invitation.declined": "Declined",
  "invitation.revoked": "Revoked",
  "invitation.accepted": "Accepted",
  "membership.created": "Joined",
  "membership.deactivated": "Deactivated",
  "membership.reactivated": "Re-activated",
  "user.created": "Account made",
  "user.taken_over": "Account made anew by whoever holds the mailbox",
};

/** An audit event in words; one that has none yet is named as it is. */
export const wordsOf = ({ action, note }: Event): string => {
  const words = happened[action] ?? action.replaceAll(/[._]/g, " ");
  return note ? `${words} (${note})` : words;
};

const blocked = {
  yourself: "You can't deactivate yourself. Ask somebody else who may.",
  "last-owner": "The last active owner can't be deactivated. Make somebody else an owner first.",
  "owners-only": "This is an owner: only an owner can deactivate or re-activate them.",
  "beyond-own-rights": "Their groups allow more than you may do yourself, so you can't re-activate them.",
};

/** Why a member can't be deactivated or re-activated by whoever looks. */
export const wordsForBlock = (block: keyof typeof blocked): string => blocked[block];

const mails: Record<string, string> = {
  invitation: "Invitation",
  reminder: "Reminder",
};

/** What a mail of an invitation is called. */
export const wordsForMail = (kind: string): string => mails[kind] ?? kind.replaceAll("-", " ");
