import { isIP } from "node:net";
import { z } from "zod";
import { readHosts } from "./hosts.mjs";
import { isLoopback } from "./loopback.mjs";
import { smtpUrl, webhookSecrets } from "./mail.mjs";
import { weakness } from "./secret.mjs";

const secret = z.string().superRefine((value, context) => {
  const problem = weakness(value);
  if (problem) context.addIssue({ code: "custom", message: problem });
});

/** @param {string} example */
const address = (example) =>
  z
    .string()
    .regex(/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$/, `must be one address, like ${example}`);

/** @param {number} least @param {number} most */
const whole = (least, most) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);

/** Every variable by itself: its default and what it may be. */
export const Environment = z.object({
  DATABASE_URL: z
    .string()
    .refine(
      (value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value),
      "must look like postgres://user@host/database",
    )
    .optional(),
  DATA_DIR: z.string().default(".data"),
  APP_URL: z.string().superRefine(judgeOrigin).optional(),
  AUTH_SECRET: secret.optional(),
  AUTH_SECRET_PREVIOUS: secret.optional(),
  RESEND_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, "must be the key alone, without spaces")
    .optional(),
  RESEND_WEBHOOK_SECRET: webhookSecrets.optional(),
  RESEND_BASE_URL: z.string().superRefine(judgeOrigin).optional(),
  SMTP_URL: smtpUrl.optional(),
  EMAIL_FROM: address("invites@example.org").optional(),
  SUPPORT_EMAIL: address("help@example.org").optional(),
  SIGNUP_MODE: z.enum(["first", "open", "closed"], { error: "must be first, open or closed" }).default("first"),
  INVITES_PER_DAY: whole(0, 1_000_000).optional(),
  LISTEN: z
    .string()
    .refine((value) => isIP(value) !== 0, "must be an IP address to listen on, like 127.0.0.1 or 0.0.0.0")
    .optional(),
  PORT: whole(1, 65_535).default(3000),
  TRUSTED_PROXY_HOPS: whole(0, 10).default(0),
  SOURCE_HOSTS: z
    .string()
    .transform((value, context) => {
      const hosts = readHosts(value);
      if (hosts) return hosts;
      context.addIssue({
        code: "custom",
        message: "must be hosts with commas between them, like db.example.org, 10.0.0.7:5433",
      });
      return z.NEVER;
    })
    .optional(),
  DEMO_PORT: whole(1, 65_535).optional(),
  NODE_EXTRA_CA_CERTS: z.string().optional(),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "must be fatal, error, warn, info, debug, trace or silent",
    })
    .default("info"),
});

/**
 * Passwords and links travel to these addresses: in the clear only where they never leave the machine.
 * @param {string} value
 * @param {z.core.$RefinementCtx<string>} context
 */
function judgeOrigin(value, context) {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.username ||
    url.password ||
    url.pathname !== "/" ||
    url.search ||
    url.hash
  )
    context.addIssue({
      code: "custom",
      message: "must be scheme, host and port only, like https://gatehouse.example.org",
    });
  else if (url.protocol === "http:" && !isLoopback(url.hostname))
    context.addIssue({ code: "custom", message: "must begin with https:// unless it is on this machine" });
}
