/** So many requests in so many seconds; `whole` when that is the window itself, and not what is left of one. */
export type Rate = Readonly<{ limit: number; seconds: number; whole: boolean }>;

const number = (text: string | undefined, most: number): number | null => {
  const said = /^\d{1,9}/.exec(text?.trim() ?? "");
  const value = Number(said?.[0] ?? 0);
  return value >= 1 && value <= most ? value : null;
};

/**
 * The rate an HTTP answer tells, in the headers of the IETF draft that Resend follows: `ratelimit-limit`, and the window
 * from `ratelimit-policy` (`2;w=1`) or, without it, the rest of the window from `ratelimit-reset`. Null when it tells none.
 */
export const rateOf = (headers: Readonly<Record<string, string | undefined>>): Rate | null => {
  const limit = number(headers["ratelimit-limit"], 1_000_000);
  if (limit === null) return null;
  const policies = (headers["ratelimit-policy"] ?? "").split(",");
  const own = policies.find((policy) => new RegExp(`(^|q=)\\s*${limit}\\s*(;|$)`).test(policy.trim()));
  const window = number(/;\s*w=(\d+)/.exec(own ?? "")?.[1], 86_400);
  const seconds = window ?? number(headers["ratelimit-reset"], 86_400);
  return seconds === null ? null : { limit, seconds, whole: window !== null };
};
