"use server";

import { action } from "@/lib/actions";
import { correctAddress } from "@/lib/invitations/correct-address";
import { CorrectedAddress } from "@/lib/invitations/schema";

/** Leads to the invite that was made in the place of the wrong one. */
export const correctInviteAddress = action(
  "access.create",
  CorrectedAddress,
  (granted, { invitation, email, asked }) => correctAddress(granted, invitation, email, asked),
  (id) => `/account/users/invitations/${id}?corrected=yes`,
);
