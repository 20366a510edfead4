import type { Rate } from "./rate";

/** How long a claimed mail belongs to its worker. Four times what the provider may take. */
export const leaseSeconds = 60;

/** After the first try nobody tries again later than this: Resend forgets a key after 24 hours (SPEC section 8). */
export const retryHours = 23;

/** How long the provider may take to be reached, and in all. */
export const connectMs = 3_000;
export const answerMs = 15_000;

/** A provider's `retry-after` beyond this is not taken at its word for mail other than the one it was told of. */
const longestHold = 3600;

/** What became of one try. `lost`: the mail may have been accepted, nobody told us. */
export type Answer = Readonly<{
  outcome: "sent" | "retry" | "failed" | "lost";
  /** What the mail is from now on; `queued` is tried again. */
  state: "sent" | "queued" | "failed" | "unknown";
  httpStatus: number | null;
  reason: string | null;
  messageId: string | null;
  /** How long the provider wants to be left alone, if it said so. */
  retryAfter: number | null;
  /** How long nobody sends anything at all: the answer was about us, not about this mail. */
  holdSeconds: number;
  /** Whether the provider refuses us altogether, whatever the mail. */
  refusesUs: boolean;
  /** At what rate it takes mail, if it said so. */
  rate: Rate | null;
}>;

const nothing = {
  httpStatus: null,
  reason: null,
  messageId: null,
  retryAfter: null,
  holdSeconds: 0,
  refusesUs: false,
  rate: null,
};

export const accepted = (messageId: string | null, httpStatus: number | null): Answer => ({
  ...nothing,
  outcome: "sent",
  state: "sent",
  messageId,
  httpStatus,
});

/** No answer came, or none that could be read; `reached` says whether the provider may have the mail all the same. */
export const unanswered = (reason: string, reached: boolean, httpStatus: number | null = null): Answer => ({
  ...nothing,
  outcome: reached ? "lost" : "retry",
  state: "queued",
  reason,
  httpStatus,
});

/** The mail may have been accepted, nobody told us, and the provider couldn't tell a second try from a second mail. */
export const lostForGood = (reason: string): Answer => ({
  ...nothing,
  outcome: "lost",
  state: "unknown",
  reason: `${reason} It may have arrived.`,
});

/** What a provider's refusal means for the mail, by SPEC section 8. `name` is its own word for the problem. */
export const refusal = (httpStatus: number, name: string, reason: string, retryAfter: number | null): Answer => {
  const said = { ...nothing, httpStatus, reason, retryAfter };
  if (httpStatus === 401 || httpStatus === 403)
    return {
      ...said,
      outcome: "retry",
      state: "queued",
      refusesUs: true,
      holdSeconds: Math.min(retryAfter ?? 60, longestHold),
    };
  if (httpStatus === 429)
    return { ...said, outcome: "retry", state: "queued", holdSeconds: Math.min(retryAfter ?? 1, longestHold) };
  // Our key is known with other words in it: some mail went out, and a second one must not.
  if (httpStatus === 409 && name === "invalid_idempotent_request")
    return {
      ...said,
      outcome: "lost",
      state: "unknown",
      reason: `It may have arrived with other words in it: ${reason}`,
    };
  // 408, 409 (the same words are still under way) and 425 ask for patience, as everything from 500 on does.
  if (httpStatus >= 500 || [408, 409, 425].includes(httpStatus)) return { ...said, outcome: "retry", state: "queued" };
  return { ...said, outcome: "failed", state: "failed" };
};

/**
 * Seconds until the next try: 5, 10, 20, … up to an hour, each shortened at random by up to a half so that replicas
 * spread out, and never earlier than the provider asked for.
 */
export const secondsUntilNext = (attempt: number, retryAfter: number | null, chance = Math.random()): number =>
  Math.max(Math.min(3600, 5 * 2 ** (attempt - 1)) * (1 - chance / 2), retryAfter ?? 0);
