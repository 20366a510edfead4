import type { InvitationId } from "@/db/schema/ids";
import { sign, verify } from "@/lib/auth/derive";
import { config } from "@/lib/config.mjs";

/**
 * How a join link travels. `email` proves the mailbox, for only the mail carries it; `link` was copied by an
 * administrator and proves nothing about the address; `code` is where a copied link leads once the mailed code was typed.
 */
export type Channel = "email" | "link" | "code";

// A channel's place is in every token of it: append only.
const channels: readonly Channel[] = ["email", "link", "code"];
const idBytes = 16;
const macBytes = 32;

/**
 * The token of an invitation: id (16 bytes), channel (1 byte) and HMAC-SHA-256 (32 bytes), base64url (66 characters).
 * Null when the secret with that fingerprint is gone.
 */
export const tokenFor = (id: InvitationId, channel: Channel, fingerprint?: string): string | null => {
  const named = Buffer.concat([Buffer.from(id.replaceAll("-", ""), "hex"), Buffer.from([channels.indexOf(channel)])]);
  const mac = sign(`invitation:${channel}`, named, fingerprint);
  return mac && Buffer.concat([named, mac]).toString("base64url");
};

/** Reads a token back; null unless it is genuine to the last bit, for one channel, and written in the one way we write it. */
export const readToken = (token: string): { id: InvitationId; channel: Channel } | null => {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== idBytes + 1 + macBytes || bytes.toString("base64url") !== token) return null;
  const named = bytes.subarray(0, idBytes + 1);
  const channel = channels[named.readUInt8(idBytes)];
  if (!channel || !verify(`invitation:${channel}`, named, bytes.subarray(idBytes + 1))) return null;
  return { id: idOf(named.subarray(0, idBytes)), channel };
};

/** The whole address of the join page, from `APP_URL` alone. */
export const joinLink = (id: InvitationId, channel: Channel, fingerprint?: string): string | null => {
  const token = tokenFor(id, channel, fingerprint);
  return token && `${config().appUrl}/join/${token}`;
};

// The bytes are ours (the MAC was checked), so they are an invitation's id.
const idOf = (bytes: Buffer): InvitationId => {
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    "-",
  ) as InvitationId;
};
