import { fingerprintOf } from "@/lib/auth/derive";
import { config } from "@/lib/config.mjs";

/**
 * By what mail leaves in this configuration, as an attempt remembers it: the transport and, of Resend, whose account and
 * where, in a fingerprint that gives neither away. A second try is the same mail only to whoever had the first. What we
 * can tell apart are keys, not accounts: a new key of the same account counts as another, for one mail that says it may
 * have arrived is better than two.
 */
export const through = (): string => {
  const { mail } = config();
  if (mail.kind !== "resend") return mail.kind;
  const origin = mail.baseUrl === null ? "" : new URL(mail.baseUrl).origin;
  return `resend ${fingerprintOf(`${mail.apiKey}\n${origin}`)}`;
};
