"use server";

import { refresh } from "next/cache";
import type { Right } from "@/lib/access/catalogue";
import { type Grant, grant } from "@/lib/access/grant";
import { action } from "@/lib/actions";
import { type Row, readRow } from "@/lib/directory/queries";
import { copyLink } from "@/lib/invitations/copy-link";
import { resend } from "@/lib/invitations/resend";
import { revoke } from "@/lib/invitations/revoke";
import { InvitationInput } from "@/lib/invitations/schema";
import { tryAgain } from "@/lib/invitations/try-again";
import { deactivate, reactivate } from "@/lib/members/deactivate";
import { MemberInput } from "@/lib/members/schema";
import { done, type Result, refused } from "@/lib/result";
import { type Said, wordsForCopied, wordsForDone, wordsForResent, wordsForRetried } from "./said";

/**
 * What came of a press, told about the row as it is now. What was refused was drawn from an older state of things:
 * whatever came of it, the page shows what is true now.
 */
const told = async <T>(
  { actor }: Grant<Right>,
  id: string,
  outcome: Promise<Result<T>>,
  say: (row: Row, value: T) => Said | Promise<Said>,
): Promise<Result<Said>> => {
  const settled = await outcome;
  refresh();
  if (!settled.ok) return settled;
  const reading = grant(actor, "access.read"); // implied by every right to press
  const row = reading && (await readRow(reading, id));
  if (!row) throw new Error("What was changed a moment ago is there");
  return done(await say(row, settled.value));
};

export const resendInvite = action("access.create", InvitationInput, (granted, { invitation }) =>
  told(granted, invitation, resend(granted, invitation), wordsForResent),
);

/** Hands the newest mail of an invitation, when it failed, to the provider once more. */
export const tryMailAgain = action("access.create", InvitationInput, async (granted, { invitation }) => {
  const reading = grant(granted.actor, "access.read");
  const row = reading && (await readRow(reading, invitation));
  if (row?.kind !== "invitation" || !row.mail) return refused({ code: "not-found" });
  return told(granted, invitation, tryAgain(granted, row.mail.id), wordsForRetried);
});

/** Answers with the link. */
export const copyInviteLink = action("access.create", InvitationInput, (granted, { invitation }) =>
  told(granted, invitation, copyLink(granted, invitation), wordsForCopied),
);

export const revokeInvite = action("access.delete", InvitationInput, (granted, { invitation }) =>
  told(granted, invitation, revoke(granted, invitation), wordsForDone.revoke),
);

export const deactivateUser = action("access.edit", MemberInput, (granted, { user }) =>
  told(granted, user, deactivate(granted, user), wordsForDone.deactivate),
);

export const reactivateUser = action("access.edit", MemberInput, (granted, { user }) =>
  told(granted, user, reactivate(granted, user), wordsForDone.reactivate),
);
