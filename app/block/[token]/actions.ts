"use server";

import { z } from "zod";
import { openAction } from "@/lib/actions";
import { allowInvitations, sources, stopInvitations } from "@/lib/invitations/block";
import { TokenInput } from "@/lib/invitations/schema";
import { done, type Result } from "@/lib/result";

const Link = z.object({ token: TokenInput });
const pageOf = (token: string) => `/block/${encodeURIComponent(token)}?after=press` as const;

// A mail scanner submits forms as they are served: nothing stops or starts before an empty box is ticked.
const Stopping = Link.extend({
  from: z.enum(sources, "Choose whose invitations."),
  stop: z.literal("yes", "Tick the box if you want no more invitations."),
});

/** Stops invitations to the mailbox that the link was mailed to. */
export const stopInvites = openAction(
  Stopping,
  async ({ token, from }) => led(token, await stopInvitations(token, from)),
  (path) => path,
);

const Allowing = Link.extend({ allow: z.literal("yes", "Tick the box if you want to be invited again.") });

/** Lets invitations come there again. */
export const allowInvites = openAction(
  Allowing,
  async ({ token }) => led(token, await allowInvitations(token)),
  (path) => path,
);

const led = (token: string, result: Result<null>) => (result.ok ? done(pageOf(token)) : result);
