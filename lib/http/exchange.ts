import "server-only";
import { exchanges } from "./context.mjs";

/** The address of whoever sent this request; the unspecified address where there is no front (builds, unit tests). */
export const clientAddress = (): string => exchanges().getStore()?.address ?? "0.0.0.0";

/** The nonce for a script of this answer; undefined where there is no front. */
export const nonce = (): string | undefined => exchanges().getStore()?.nonce;

/**
 * Makes the page being rendered go out with this status and its own words.
 * Says nothing about answers that script reads (action posts, client navigation): those stay 200.
 */
export function answerWith(status: 403 | 404 | 413 | 429 | 503, options: { retryAfterSeconds?: number } = {}): void {
  const exchange = exchanges().getStore();
  if (exchange) exchange.answer = { status, ...options };
}

/** Said by an action as it begins: what fails from here on is our fault, not that of what was sent. */
export function reached(): void {
  const exchange = exchanges().getStore();
  if (exchange) exchange.reached = true;
}
