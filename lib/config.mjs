import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import { keptSecret, weakness } from "./secret.mjs";

/**
 * @typedef {{ kind: "resend", apiKey: string, baseUrl: string | null, webhookSecret: string | null, from: string }
 *   | { kind: "mailbox", from: string }
 *   | { kind: "none" }} MailConfig
 *
 * @typedef {object} Config
 * @property {boolean} local Local mode: APP_URL unset or loopback, and no mail provider. NODE_ENV plays no part.
 * @property {string} appUrl The origin of every link, without a trailing slash.
 * @property {string | null} databaseUrl null: the embedded database under dataDir.
 * @property {string} dataDir Absolute.
 * @property {string} secret
 * @property {string | null} previousSecret
 * @property {MailConfig} mail
 * @property {string | null} supportEmail
 * @property {"first" | "open" | "closed"} signupMode
 * @property {number | null} invitesPerDay null: the limits of SPEC section 10.
 * @property {string} listen
 * @property {number} port
 * @property {number} trustedProxyHops How many addresses at the end of X-Forwarded-For were written by our own proxies.
 * @property {"fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent"} logLevel
 */

/** What is wrong with the configuration: `NAME: sentence` for each problem, and never a value. */
export class ConfigProblems extends Error {
  /** @param {string[]} problems */
  constructor(problems) {
    super(problems.join("\n"));
    this.name = "ConfigProblems";
    this.problems = problems;
  }
}

const SECRETS = ["DATABASE_URL", "AUTH_SECRET", "AUTH_SECRET_PREVIOUS", "RESEND_API_KEY", "RESEND_WEBHOOK_SECRET"];

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

const Environment = z.object({
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
  RESEND_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/=]+$/, "must be the signing secret, which begins with whsec_")
    .optional(),
  RESEND_BASE_URL: z.string().superRefine(judgeOrigin).optional(),
  SMTP_URL: z
    .undefined({ error: "this version can't send through SMTP yet; use RESEND_API_KEY, or leave SMTP_URL out" })
    .optional(),
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
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "must be fatal, error, warn, info, debug, trace or silent",
    })
    .default("info"),
});

/**
 * Reads the configuration from an environment.
 * Makes the kept secret of local mode when it needs one.
 * @param {Record<string, string | undefined>} env
 * @returns {Config}
 * @throws {ConfigProblems} naming everything that is wrong at once
 */
export function readConfig(env) {
  /** @type {string[]} */
  const problems = [];
  const parsed = Environment.safeParse(withSecretFiles(env, problems));
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`));
    throw new ConfigProblems(problems);
  }

  const given = parsed.data;
  const local = !given.RESEND_API_KEY && (!given.APP_URL || isLoopback(new URL(given.APP_URL).hostname));
  if (!local) problems.push(...missingOutsideLocalMode(given));
  if (!given.RESEND_API_KEY) problems.push(...uselessWithoutProvider(given));
  if (problems.length > 0) throw new ConfigProblems(problems);

  const dataDir = resolve(given.DATA_DIR);
  return {
    local,
    appUrl: given.APP_URL ? new URL(given.APP_URL).origin : `http://localhost:${given.PORT}`,
    databaseUrl: given.DATABASE_URL ?? null,
    dataDir,
    secret: given.AUTH_SECRET ?? keptSecret(dataDir),
    previousSecret: given.AUTH_SECRET_PREVIOUS ?? null,
    mail: mailOf(given, local),
    supportEmail: given.SUPPORT_EMAIL ?? null,
    signupMode: given.SIGNUP_MODE,
    invitesPerDay: given.INVITES_PER_DAY ?? null,
    listen: given.LISTEN ?? (local ? "127.0.0.1" : "0.0.0.0"),
    port: given.PORT,
    trustedProxyHops: given.TRUSTED_PROXY_HOPS,
    logLevel: given.LOG_LEVEL,
  };
}

/** @type {Config | undefined} */
let known;

/**
 * The configuration of this process, read from its environment once.
 * @returns {Config}
 */
export const config = () => {
  known ??= readConfig(process.env);
  return known;
};

/**
 * Whether a host name (as in a URL, IPv6 in brackets) can only mean this machine.
 * @param {string} hostname
 */
export const isLoopback = (hostname) =>
  hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);

/**
 * A secret may be in the file that NAME_FILE points at instead of in NAME; an empty variable is an unset one.
 * @param {Record<string, string | undefined>} env
 * @param {string[]} problems
 */
function withSecretFiles(env, problems) {
  const all = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""));
  for (const name of SECRETS) {
    const file = all[`${name}_FILE`];
    if (file === undefined) continue;
    if (all[name] !== undefined) {
      problems.push(`${name}: is set twice, also by ${name}_FILE; leave one out`);
      continue;
    }
    try {
      all[name] = readFileSync(file, "utf8").trim();
    } catch {
      problems.push(`${name}_FILE: points at a file that can't be read`);
    }
  }
  return all;
}

/** @param {z.infer<typeof Environment>} given */
function missingOutsideLocalMode(given) {
  const problems = [];
  if (!given.APP_URL)
    problems.push("APP_URL: is needed; links in mail start with it, like https://gatehouse.example.org");
  if (!given.AUTH_SECRET)
    problems.push("AUTH_SECRET: is needed outside local mode; make one with: openssl rand -base64 32");
  if (given.RESEND_API_KEY && !given.EMAIL_FROM) problems.push("EMAIL_FROM: is needed to send mail");
  if (given.RESEND_API_KEY && !given.SUPPORT_EMAIL)
    problems.push("SUPPORT_EMAIL: is needed; mail names it as the help contact");
  return problems;
}

/** A variable that would be read and ignored is a promise nobody keeps. @param {z.infer<typeof Environment>} given */
function uselessWithoutProvider(given) {
  const problems = [];
  if (given.RESEND_WEBHOOK_SECRET) problems.push("RESEND_WEBHOOK_SECRET: needs RESEND_API_KEY beside it");
  if (given.RESEND_BASE_URL) problems.push("RESEND_BASE_URL: needs RESEND_API_KEY beside it");
  return problems;
}

/**
 * @param {z.infer<typeof Environment>} given
 * @param {boolean} local
 * @returns {MailConfig}
 */
function mailOf(given, local) {
  if (local) return { kind: "mailbox", from: given.EMAIL_FROM ?? "gatehouse@localhost" };
  if (!given.RESEND_API_KEY || !given.EMAIL_FROM) return { kind: "none" };
  return {
    kind: "resend",
    apiKey: given.RESEND_API_KEY,
    baseUrl: given.RESEND_BASE_URL ?? null,
    webhookSecret: given.RESEND_WEBHOOK_SECRET ?? null,
    from: given.EMAIL_FROM,
  };
}

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
