import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { OrganizationId, SourceId } from "@/db/schema/ids";
import { currentFingerprint, keyOf } from "@/lib/auth/derive";

/** A source's URL as it rests in the database: nobody reads it without the secret whose fingerprint stands beside it. */
export type Sealed = Readonly<{ credential: Uint8Array; dataKey: Uint8Array; keyFingerprint: string }>;
/** Whose URL it is. It is part of what is sealed: a row copied to another source or organization doesn't open there. */
type Owner = Readonly<{ organizationId: OrganizationId; sourceId: SourceId }>;

/** AES-256 in GCM (NIST SP 800-38D): key, nonce and tag in bytes. */
const KEY = 32;
const NONCE = 12;
const TAG = 16;

/** Seals a URL with a key of its own, and that key with today's secret. */
export const seal = (url: string, owner: Owner): Sealed => {
  const key = randomBytes(KEY);
  const credential = encrypt(key, Buffer.from(url), owner);
  return wrap(credential, key, owner);
};

/** The URL that was sealed; null when the secret it was sealed with is gone, or somebody has been at the row. */
export const unseal = (sealed: Sealed, owner: Owner): string | null => {
  const key = unwrap(sealed, owner);
  return key && (decrypt(key, sealed.credential, owner)?.toString() ?? null);
};

/** The same URL under today's secret, for whoever writes the row anyway; null when it can't be opened. */
export const reseal = (sealed: Sealed, owner: Owner): Sealed | null => {
  if (sealed.keyFingerprint === currentFingerprint()) return sealed;
  const key = unwrap(sealed, owner);
  return key && wrap(sealed.credential, key, owner);
};

const wrap = (credential: Uint8Array, key: Buffer, owner: Owner): Sealed => {
  const keyFingerprint = currentFingerprint();
  const secret = keyOf("source", keyFingerprint);
  if (!secret) throw new Error("Today's secret is always known");
  return { credential, dataKey: encrypt(secret, key, owner), keyFingerprint };
};

const unwrap = ({ dataKey, keyFingerprint }: Sealed, owner: Owner): Buffer | null => {
  const secret = keyOf("source", keyFingerprint);
  return secret && decrypt(secret, dataKey, owner);
};

const named = ({ organizationId, sourceId }: Owner) => Buffer.from(`${organizationId}\n${sourceId}`);

const encrypt = (key: Buffer, plain: Buffer, owner: Owner): Buffer => {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(named(owner));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
};

const decrypt = (key: Buffer, kept: Uint8Array, owner: Owner): Buffer | null => {
  const [nonce, tag, text] = [kept.subarray(0, NONCE), kept.subarray(NONCE, NONCE + TAG), kept.subarray(NONCE + TAG)];
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG })
      .setAAD(named(owner))
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]);
  } catch {
    return null;
  }
};
