import { createHash, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { config } from "@/lib/config.mjs";

/**
 * What a secret is derived for. Purpose is part of the key, so a token of one kind never passes as another.
 * `invitation:…` are the channels of a join link.
 */
export type Purpose =
  | "invitation:email"
  | "invitation:link"
  | "invitation:code"
  | "reset"
  | "code:sign-up"
  | "code:join"
  | "code:sudo"
  | "ticket"
  | "device"
  | "setup"
  | "mailbox"
  | "source";

const keys = new Map<string, Buffer>();

const keyFor = (secret: string, purpose: Purpose): Buffer => {
  const name = `${purpose}\n${secret}`;
  const known = keys.get(name);
  if (known) return known;
  const key = Buffer.from(hkdfSync("sha256", secret, "gatehouse", purpose, 32));
  keys.set(name, key);
  return key;
};

/** The secrets that are believed: today's, and during a planned rotation the one before. */
const secrets = (): string[] => [config().secret, config().previousSecret].filter((secret) => secret !== null);

/** A short name for a secret that says nothing about it; a queued mail remembers with which one its link is made. */
export const fingerprintOf = (secret: string): string =>
  createHash("sha256").update("gatehouse fingerprint\n").update(secret).digest("hex").slice(0, 16);

/** The fingerprint of today's secret. */
export const currentFingerprint = (): string => fingerprintOf(config().secret);

/** The key for a purpose (32 bytes) from the secret with that fingerprint; null when that secret is gone. */
export const keyOf = (purpose: Purpose, fingerprint: string): Buffer | null => {
  const secret = secrets().find((candidate) => fingerprintOf(candidate) === fingerprint);
  return secret === undefined ? null : keyFor(secret, purpose);
};

/**
 * HMAC-SHA-256 of `message` under the key for `purpose` (32 bytes), made with today's secret, or with the one whose
 * fingerprint is given; null when that secret is gone.
 */
export const sign = (
  purpose: Purpose,
  message: Uint8Array | string,
  fingerprint = currentFingerprint(),
): Buffer | null => {
  const key = keyOf(purpose, fingerprint);
  return key && createHmac("sha256", key).update(message).digest();
};

/** Whether `mac` was made for this purpose and message with a secret that is still believed; compared in constant time. */
export const verify = (purpose: Purpose, message: Uint8Array | string, mac: Uint8Array): boolean =>
  secrets()
    .map((secret) => createHmac("sha256", keyFor(secret, purpose)).update(message).digest())
    .map((expected) => mac.length === expected.length && timingSafeEqual(expected, mac))
    .some(Boolean);
