/** Whether this is a time zone that the runtime knows: the cookie it comes from is anybody's text. */
export const isZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
};

/** `12 Mar 2026, 14:03`, with the zone's name when it may not be the reader's own. */
export const inZone = (at: Date, timeZone: string, { date = false, sayZone = false } = {}): string =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    day: "numeric",
    month: "short",
    year: "numeric",
    ...(date ? {} : { hour: "2-digit", minute: "2-digit" }),
    ...(sayZone ? { timeZoneName: "short" } : {}),
  }).format(at);

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
// A unit begins where the one below it would round up to it: 59 and a half minutes are an hour, never 60 minutes.
const steps = [
  ["day", day, day - hour / 2],
  ["hour", hour, hour - minute / 2],
  ["minute", minute, minute],
] as const;

/** `in 6 days`, `3 hours ago`, `just now`: the largest unit that fits once, rounded: the date beside it is exact. */
export const relativeWords = (at: Date, now: Date): string => {
  const away = at.getTime() - now.getTime();
  const step = steps.find(([, , from]) => Math.abs(away) >= from);
  if (!step) return away > 0 ? "now" : "just now";
  return new Intl.RelativeTimeFormat("en", { numeric: "always" }).format(Math.round(away / step[1]), step[0]);
};
