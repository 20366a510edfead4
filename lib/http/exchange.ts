import "server-only";
import { exchanges } from "./context.mjs";

/** The address of whoever sent this request; the unspecified address where there is no front (builds, unit tests). */
export const clientAddress = (): string => exchanges().getStore()?.address ?? "0.0.0.0";

/** Keeps what stood in a form whose page may not be shown again: a person who is signed out, or may not any more, gets it back. */
export function keepTyped(values: Readonly<Record<string, string>>): void {
  const exchange = exchanges().getStore();
  if (exchange) exchange.typed = values;
}

/** What `keepTyped` kept while this request was answered; null when no form was refused like that. */
export const typed = (): Readonly<Record<string, string>> | null => exchanges().getStore()?.typed ?? null;

/** The nonce for a script of this answer; undefined where there is no front. */
export const nonce = (): string | undefined => exchanges().getStore()?.nonce;

/**
 * Makes the page being rendered go out with this status and its own words.
 * Says nothing about answers that script reads (action posts, client navigation): those stay 200.
 */
export function answerWith(
  status: 403 | 404 | 409 | 413 | 422 | 429 | 503,
  options: { retryAfterSeconds?: number | undefined } = {},
): void {
  const exchange = exchanges().getStore();
  if (exchange) exchange.answer = { status, ...options };
}

/** Said by an action as it begins: what fails from here on is our fault, not that of what was sent. */
export function reached(): void {
  const exchange = exchanges().getStore();
  if (exchange) exchange.reached = true;
}
