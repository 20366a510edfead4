"use server";

import { z } from "zod";
import { viewer } from "@/lib/access/viewer";
import { openAction } from "@/lib/actions";
import { askForReset } from "@/lib/auth/reset";
import { clientAddress } from "@/lib/http/exchange";
import { openLink } from "@/lib/invitations/open-link";
import { TokenInput } from "@/lib/invitations/schema";
import { done } from "@/lib/result";

const Forgetting = z.object({
  token: TokenInput,
  forgot: z.literal("yes", "Tick the box if you want a new password."),
});

/** Mails the invited address a link to choose a new password, which then leads back to the invitation. */
export const sendResetFromInvite = openAction(
  Forgetting,
  async ({ token }) => {
    const page = `/join/${encodeURIComponent(token)}` as const;
    const opened = await openLink(token, await viewer());
    if (opened.state !== "existing-account") return done(page);
    const asked = await askForReset(opened.offer.email, clientAddress(), opened.offer.id);
    return asked.ok ? done(`${page}/forgot-password?sent=1` as const) : asked;
  },
  (path: `/${string}`) => path,
);
