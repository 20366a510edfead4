import type { InvitationId } from "@/db/schema/ids";
import { readToken as openToken, writeToken } from "@/lib/auth/token";
import { config } from "@/lib/config.mjs";

/**
 * How a join link travels. `email` proves the mailbox, for only the mail carries it; `link` was copied by an
 * administrator and proves nothing about the address; `code` is where a copied link leads once the mailed code was typed.
 */
export type Channel = "email" | "link" | "code";

// A channel's place is in every token of it: append only.
const channels: readonly Channel[] = ["email", "link", "code"];
const purposeOf = (channel: Channel) => `invitation:${channel}` as const;

/** The token of an invitation: its id and channel (66 characters). Null when the secret with that fingerprint is gone. */
export const tokenFor = (id: InvitationId, channel: Channel, fingerprint?: string): string | null =>
  writeToken(purposeOf(channel), { id, marks: [channels.indexOf(channel)] }, fingerprint);

/** Reads a token back; null unless it is genuine, for one channel. */
export const readToken = (token: string): { id: InvitationId; channel: Channel } | null => {
  const channelOf = ([place]: readonly number[]) => (place === undefined ? undefined : channels[place]);
  const read = openToken(token, 1, (marks) => {
    const channel = channelOf(marks);
    return channel && purposeOf(channel);
  });
  const channel = read && channelOf(read.marks);
  return read && channel ? { id: asInvitationId(read.id), channel } : null;
};

/** The whole address of the join page, from `APP_URL` alone. */
export const joinLink = (id: InvitationId, channel: Channel, fingerprint?: string): string | null => {
  const token = tokenFor(id, channel, fingerprint);
  return token && `${config().appUrl}/join/${token}`;
};

// The MAC was checked, so it is an invitation's id.
const asInvitationId = (id: string) => id as InvitationId;
