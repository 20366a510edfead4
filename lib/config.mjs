import { resolve } from "node:path";
import { Environment } from "./config/environment.mjs";
import { isLoopbackUrl } from "./config/loopback.mjs";
import { keptSecret } from "./config/secret.mjs";
import {
  hasProvider,
  missingForMail,
  missingOutsideLocalMode,
  refusedInDemo,
  uselessWithoutResend,
  withSecretFiles,
} from "./config/together.mjs";

/**
 * @typedef {{ kind: "resend", apiKey: string, baseUrl: string | null, from: string }
 *   | { kind: "smtp", url: string, from: string }
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
 * @property {readonly string[]} webhookSecrets What Resend signs delivery events with: none, one, or during a rotation two.
 * @property {string | null} supportEmail
 * @property {"first" | "open" | "closed"} signupMode
 * @property {number | null} invitesPerDay null: the limits of SPEC section 10.
 * @property {string} listen
 * @property {number} port
 * @property {number} trustedProxyHops How many addresses at the end of X-Forwarded-For were written by our own proxies.
 * @property {readonly import("./config/hosts.mjs").NamedHost[] | null} sourceHosts Where sources may live; null: anywhere but on this machine.
 * @property {{ port: number } | null} demo The demo, as `npm run demo` asks for it, and the port of the databases it brings.
 * @property {string | null} extraCertificates A file with more certificate authorities, as Node itself reads it.
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
  const named = withSecretFiles(env, problems);
  const local = !hasProvider(named) && (!named.APP_URL || isLoopbackUrl(named.APP_URL));
  if (named.DEMO_PORT) problems.push(...refusedInDemo(named));
  else {
    problems.push(...(local ? [] : missingOutsideLocalMode(named)));
    problems.push(...(hasProvider(named) ? missingForMail(named) : []));
    problems.push(...(named.RESEND_API_KEY ? [] : uselessWithoutResend(named)));
  }

  const parsed = Environment.safeParse(named);
  if (!parsed.success)
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`));
  if (!parsed.success || problems.length > 0) throw new ConfigProblems(problems.sort());
  const given = parsed.data;

  const dataDir = resolve(given.DATA_DIR);
  return {
    local,
    appUrl: given.APP_URL ? new URL(given.APP_URL).origin : `http://localhost:${given.PORT}`,
    databaseUrl: given.DATABASE_URL ?? null,
    dataDir,
    secret: given.AUTH_SECRET ?? secretIn(dataDir),
    previousSecret: given.AUTH_SECRET_PREVIOUS ?? null,
    mail: mailOf(given, local),
    webhookSecrets: given.RESEND_WEBHOOK_SECRET ?? [],
    supportEmail: given.SUPPORT_EMAIL ?? null,
    signupMode: given.SIGNUP_MODE,
    invitesPerDay: given.INVITES_PER_DAY ?? null,
    listen: given.LISTEN ?? (local ? "127.0.0.1" : "0.0.0.0"),
    port: given.PORT,
    trustedProxyHops: given.TRUSTED_PROXY_HOPS,
    sourceHosts: given.DEMO_PORT ? [{ host: "127.0.0.1", port: given.DEMO_PORT }] : (given.SOURCE_HOSTS ?? null),
    demo: given.DEMO_PORT ? { port: given.DEMO_PORT } : null,
    extraCertificates: given.NODE_EXTRA_CA_CERTS ?? null,
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
 * @param {import("zod").infer<typeof Environment>} given
 * @param {boolean} local
 * @returns {MailConfig}
 */
function mailOf(given, local) {
  if (local) return { kind: "mailbox", from: given.EMAIL_FROM ?? "gatehouse@localhost" };
  const { EMAIL_FROM: from, RESEND_API_KEY: apiKey, SMTP_URL: url } = given;
  if (from && url) return { kind: "smtp", url, from };
  if (from && apiKey) return { kind: "resend", apiKey, baseUrl: given.RESEND_BASE_URL ?? null, from };
  return { kind: "none" };
}

/** @param {string} dataDir */
function secretIn(dataDir) {
  try {
    return keptSecret(dataDir);
  } catch {
    throw new ConfigProblems(["DATA_DIR: is a folder that can't be written; the secret of local mode is kept there"]);
  }
}
