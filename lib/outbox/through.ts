import { type SQL, sql } from "drizzle-orm";
import { fingerprintOf } from "@/lib/auth/derive";
import { config } from "@/lib/config.mjs";

/**
 * Whether an attempt of a mail was accepted or may have been, of those by such a way: one under way counts. Whatever was
 * refused each time is still ours, however often it was tried.
 */
export const mayHaveGone = (id: SQL, by: SQL = sql`true`): SQL =>
  sql`exists (select from outbox_attempts where outbox_id = ${id} and coalesce(outcome, 'lost') in ('lost', 'sent') and ${by})`;

/**
 * By what mail leaves in this configuration, as attempts and what was learned of the provider remember it: the transport,
 * whose account and where, in a fingerprint that gives neither away. A second try is the same mail only to whoever had the first. What we
 * can tell apart are keys, not accounts: a new key of the same account counts as another, for one mail that says it may
 * have arrived is better than two.
 */
export const through = (): string => {
  const { mail } = config();
  if (mail.kind === "smtp") return `smtp ${fingerprintOf(mail.url)}`;
  if (mail.kind !== "resend") return mail.kind;
  const origin = mail.baseUrl === null ? "" : new URL(mail.baseUrl).origin;
  return `resend ${fingerprintOf(`${mail.apiKey}\n${origin}`)}`;
};
