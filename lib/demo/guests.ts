import { randomUUID } from "node:crypto";
import type { GroupId, InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { accept, type Joined } from "@/lib/invitations/accept";
import { decline } from "@/lib/invitations/decline";
import { invite } from "@/lib/invitations/invite";
import { revoke } from "@/lib/invitations/revoke";
import { InvitationInput, InviteInput } from "@/lib/invitations/schema";
import { claimNext } from "@/lib/outbox/claim";
import { complete } from "@/lib/outbox/complete";
import { transport } from "@/lib/outbox/transport";
import { by, must } from "./acting";
import { mailWasPromised } from "./past";
import type { Group, Guest } from "./people";

export type Groups = ReadonlyMap<Group, GroupId>;
export type Members = Map<string, Joined>;

/** Invites these people; each gets the mail, and answers it or doesn't. Gives those who joined, by address. */
export const receive = async (
  inviter: Actor,
  guests: readonly Guest[],
  groups: Groups,
  passwordHash: string,
): Promise<Members> => {
  const members: Members = new Map();
  const invited: [Guest, InvitationId][] = [];
  for (const guest of guests) invited.push([guest, await inviteOne(inviter, guest, groups)]);
  await deliver();
  for (const [{ email, joined, declined, revoked }, id] of invited) {
    const opened = { id, channel: "email" } as const;
    if (joined) members.set(email, must(await accept(opened, { name: joined.name, passwordHash })));
    if (declined) must(await decline(opened));
    if (revoked) must(await revoke(by(inviter, "access.delete"), id));
  }
  return members;
};

const inviteOne = async (inviter: Actor, guest: Guest, groups: Groups): Promise<InvitationId> => {
  const { email, group, message, lifetimeDays = 7, sent } = guest;
  const chosen = group && groups.get(group);
  const input = InviteInput.parse({
    ...{ key: randomUUID(), addresses: email, message, lifetimeDays: String(lifetimeDays) },
    groups: chosen ? [chosen] : [],
  });
  const [outcome] = must(await invite(by(inviter, "access.create"), input));
  await mailWasPromised(email, sent);
  return InvitationInput.parse({ invitation: outcome?.invitationId }).invitation;
};

/** Sends the mail that waits, as the worker does, which isn't there yet. */
export const deliver = async (): Promise<void> => {
  const send = await transport();
  if (!send) throw new Error("The demo keeps its mail");
  for (let claim = await claimNext(); claim !== null; claim = await claimNext())
    if (claim !== "settled" && !("waitMs" in claim))
      await complete(claim, await send(claim, new AbortController().signal));
};
