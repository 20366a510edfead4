"use server";

import { refresh } from "next/cache";
import { action } from "@/lib/actions";
import { copyLink } from "@/lib/invitations/copy-link";
import { resend } from "@/lib/invitations/resend";
import { revoke } from "@/lib/invitations/revoke";
import { InvitationInput } from "@/lib/invitations/schema";
import { deactivate, reactivate } from "@/lib/members/deactivate";
import { MemberInput } from "@/lib/members/schema";
import type { Result } from "@/lib/result";

/** What was refused was drawn from an older state of things: whatever came of it, the page shows what is true now. */
const andShow = async (outcome: Promise<Result<string | null>>): Promise<Result<string | null>> => {
  const settled = await outcome;
  refresh();
  return settled;
};

export const resendInvite = action("access.create", InvitationInput, (granted, { invitation }) =>
  andShow(resend(granted, invitation)),
);

/** Answers with the link. */
export const copyInviteLink = action("access.create", InvitationInput, (granted, { invitation }) =>
  andShow(copyLink(granted, invitation)),
);

export const revokeInvite = action("access.delete", InvitationInput, (granted, { invitation }) =>
  andShow(revoke(granted, invitation)),
);

export const deactivateUser = action("access.edit", MemberInput, (granted, { user }) =>
  andShow(deactivate(granted, user)),
);

export const reactivateUser = action("access.edit", MemberInput, (granted, { user }) =>
  andShow(reactivate(granted, user)),
);
