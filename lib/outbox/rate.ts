/** So many requests in so many seconds. */
export type Rate = Readonly<{ limit: number; seconds: number }>;

const whole = (text: string | undefined, most: number): number | null => {
  const said = /^\d{1,9}/.exec(text?.trim() ?? "");
  const number = Number(said?.[0] ?? 0);
  return number >= 1 && number <= most ? number : null;
};

/**
 * The rate an HTTP answer tells, in the headers of the IETF draft that Resend follows: `ratelimit-limit`, and the window
 * from `ratelimit-policy` (`2;w=1`) or, without it, the rest of the window from `ratelimit-reset`. Null when it tells none.
 */
export const rateOf = (headers: Readonly<Record<string, string | undefined>>): Rate | null => {
  const limit = whole(headers["ratelimit-limit"], 1_000_000);
  if (limit === null) return null;
  const policies = (headers["ratelimit-policy"] ?? "").split(",");
  const own = policies.find((policy) => new RegExp(`(^|q=)\\s*${limit}\\s*(;|$)`).test(policy.trim()));
  const seconds = whole(/;\s*w=(\d+)/.exec(own ?? "")?.[1], 86_400) ?? whole(headers["ratelimit-reset"], 86_400);
  return seconds === null ? null : { limit, seconds };
};
