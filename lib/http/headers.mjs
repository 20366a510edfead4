import { randomBytes } from "node:crypto";

/**
 * Headers by which a client could pretend to be a proxy, or to be Next talking to itself (CVE-2025-29927 and its
 * successors). No proxy.ts of ours needs one; `rsc`, `next-action` and `next-router-*` are what Next's own client sends.
 */
const PRETENDED =
  /^(forwarded|x-forwarded-.*|x-real-ip|x-original-.*|x-rewrite-.*|x-http-method.*|x-middleware-.*|x-invoke-.*|x-matched-path|x-now-.*|x-vercel-.*|x-prerender-.*|x-next-.*|x-nextjs-(?!request-id|html-request-id).*|x-action-.*|next-resume|content-security-policy.*)$/;

/** Whether a proxy has passed this request on, or someone pretends so. @param {import("node:http").IncomingHttpHeaders} headers */
export const isForwarded = (headers) => Object.keys(headers).some((name) => /^(forwarded$|x-forwarded-)/.test(name));

/** @param {import("node:http").IncomingHttpHeaders} headers */
export function dropPretended(headers) {
  for (const name of Object.keys(headers)) if (PRETENDED.test(name)) delete headers[name];
}

/** 128 bits, as many as CSP asks for. */
export const makeNonce = () => randomBytes(16).toString("base64");

/**
 * Styles may be inline: React writes style attributes, and a style can't act. Development needs eval for hot reloading.
 * @param {string} nonce
 * @param {boolean} development
 */
export const contentSecurityPolicy = (nonce, development) =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

/** Two years, as browsers' preload lists ask for. */
const HSTS = "max-age=63072000";
const HAS_TOKEN = /^\/(join|reset-password|block)\//;

/**
 * What every answer carries, the front's own words included.
 * strict-origin and not no-referrer: with that one browsers post `Origin: null` and the form fails.
 * @param {import("node:http").ServerResponse} res
 * @param {{ path: string, secure: boolean, policy: string }} about
 */
export function setSafeHeaders(res, { path, secure, policy }) {
  res.setHeader("Content-Security-Policy", policy);
  res.setHeader("X-Content-Type-Options", "nosniff");
  res.setHeader("X-Frame-Options", "DENY");
  res.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  res.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  res.setHeader("Referrer-Policy", "strict-origin");
  if (secure) res.setHeader("Strict-Transport-Security", HSTS);
  if (HAS_TOKEN.test(path)) res.setHeader("X-Robots-Tag", "noindex");
}
