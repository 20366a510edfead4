import { readFileSync } from "node:fs";

/** @typedef {Record<string, string | undefined>} Named variables by name, secrets read from their files */

const SECRETS = [
  ...["DATABASE_URL", "AUTH_SECRET", "AUTH_SECRET_PREVIOUS"],
  ...["RESEND_API_KEY", "RESEND_WEBHOOK_SECRET", "SMTP_URL"],
];

/**
 * A secret may be in the file that NAME_FILE points at instead of in NAME; an empty variable is an unset one.
 * @param {Record<string, string | undefined>} env
 * @param {string[]} problems
 * @returns {Named}
 */
export function withSecretFiles(env, problems) {
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

/** @param {Named} named */
export function missingOutsideLocalMode(named) {
  const problems = [];
  if (!named.APP_URL)
    problems.push("APP_URL: is needed; links in mail start with it, like https://gatehouse.example.org");
  if (!named.AUTH_SECRET && !named.AUTH_SECRET_FILE)
    problems.push("AUTH_SECRET: is needed outside local mode; make one with: openssl rand -base64 32");
  return problems;
}

/** Whether mail leaves this machine. @param {Named} named */
export const hasProvider = (named) => named.RESEND_API_KEY !== undefined || named.SMTP_URL !== undefined;

/** @param {Named} named */
export function missingForMail(named) {
  const problems = [];
  if (named.RESEND_API_KEY && named.SMTP_URL)
    problems.push("SMTP_URL: is set beside RESEND_API_KEY; mail leaves by one of them, so leave the other out");
  if (!named.EMAIL_FROM) problems.push("EMAIL_FROM: is needed to send mail");
  if (!named.SUPPORT_EMAIL) problems.push("SUPPORT_EMAIL: is needed; mail names it as the help contact");
  return problems;
}

/** What makes a Gatehouse of somebody's own, lets others reach it, or keeps people from being invited to it. */
const NOT_IN_DEMO = [
  ...["APP_URL", "AUTH_SECRET", "AUTH_SECRET_PREVIOUS", "DATABASE_URL", "INVITES_PER_DAY", "LISTEN", "RESEND_API_KEY"],
  ...["RESEND_WEBHOOK_SECRET", "SIGNUP_MODE", "SMTP_URL", "SOURCE_HOSTS"],
];

/** Everybody may know the passwords of the demo: it stays on this machine. @param {Named} named */
export const refusedInDemo = (named) =>
  NOT_IN_DEMO.filter((name) => named[name] !== undefined).map(
    (name) => `${name}: is for a Gatehouse of your own; leave it out, the demo brings its own`,
  );

/** A variable that is read and then ignored is a promise nobody keeps. @param {Named} named */
export const uselessWithoutResend = (named) =>
  ["RESEND_BASE_URL", "RESEND_WEBHOOK_SECRET"]
    .filter((name) => named[name] !== undefined)
    .map((name) => `${name}: needs RESEND_API_KEY beside it`);
