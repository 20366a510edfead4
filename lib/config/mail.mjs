import { z } from "zod";
import { readHosts } from "./hosts.mjs";

/** Where mail is handed over by SMTP, and as whom. Anything else in the URL would be read and then ignored. */
export const smtpUrl = z.string().superRefine((value, context) => {
  const problem = problemOf(value);
  if (problem) context.addIssue({ code: "custom", message: problem });
});

/** @param {string} value @returns {string | null} */
function problemOf(value) {
  const url = /^smtps?:\/\//i.test(value) && URL.canParse(value) ? new URL(value) : null;
  if (!url || readHosts(url.host)?.length !== 1 || !/^\/?$/.test(url.pathname) || url.search || url.hash)
    return "must look like smtp://user:password@host:587 or smtps://user:password@host:465";
  const parts = [url.username, url.password];
  if (!parts.every((part) => isReadable(part)))
    return "has a user or password that can't be read; write signs other than letters and digits as %40 for @, %2F for /";
  return Boolean(url.username) === Boolean(url.password) ? null : "needs both user and password, or neither";
}

/** @param {string} part */
function isReadable(part) {
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(part));
  } catch {
    return false;
  }
}

/** What Standard Webhooks, whose signatures Resend uses, asks of a secret: 24 to 64 bytes, in base64. */
const WEBHOOK_SECRET = /^whsec_(?=.{32,88}$)(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** One secret, or during a rotation the new one and the old one. */
export const webhookSecrets = z
  .string()
  .transform((value) => value.split(/[\s,]+/).filter(Boolean))
  .refine(
    (secrets) => secrets.length > 0 && secrets.length <= 2 && secrets.every((secret) => WEBHOOK_SECRET.test(secret)),
    "must be the signing secret of the webhook, which begins with whsec_, or two with a comma between them",
  );
