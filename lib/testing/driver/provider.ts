import { recipientOf } from "../fleet";
import type { Behaviour, Request } from "../resend";
import type { Chance } from "./chance";
import { fateOf } from "./world";

const behaviours = {
  accept: "accept",
  slow: "slow",
  vanish: "vanish",
  garbled: "garbled",
  silent: "silent",
  "hang up": "hang-up",
  broken: { status: 500, plain: "<h1>Internal Server Error</h1>" },
  busy: { status: 409, name: "concurrent_idempotent_requests", message: "Still under way." },
  "too many": { status: 429, name: "rate_limit_exceeded", headers: { "retry-after": "1" } },
  "no key": { status: 401, name: "invalid_api_key", message: "API key is invalid" },
} satisfies Record<string, Behaviour>;
export type Mood = keyof typeof behaviours;

/** How it treats a request by itself: mostly well. */
const weights = { accept: 86, slow: 4, vanish: 2, garbled: 2, "hang up": 2, broken: 2, busy: 1, "too many": 1 };

/** A provider with moods. Whether a mail is refused for good, or would be but for another chance, is told by its address alone. */
export const moodyProvider = (chance: Chance) => {
  const storm: Mood[] = [];
  const lasting: Mood[] = [];
  const refused = new Set<string>();
  const refuses = (request: Request): boolean => {
    const fate = fateOf(recipientOf(request));
    if (fate !== "refused" && (fate !== "mended" || refused.has(request.key))) return false;
    refused.add(request.key);
    return true;
  };
  return {
    otherwise: (request: Request): Behaviour => {
      if (refuses(request)) return { status: 422, name: "validation_error", message: "Invalid `to` field." };
      return behaviours[storm.shift() ?? lasting.at(-1) ?? chance.weighted(weights)];
    },
    /** Its next so many answers are all like this. */
    storm: (mood: Mood, length: number) => void storm.push(...Array.from({ length }, () => mood)),
    /** It is like this for as long as something goes on. */
    during: async <T>(mood: Mood, goesOn: () => Promise<T>): Promise<T> => {
      lasting.push(mood);
      return goesOn().finally(() => lasting.splice(lasting.indexOf(mood), 1));
    },
    /** Nothing goes on that it is unlike itself for. */
    wantsAsUsual: () => lasting.length === 0,
    calm: () => void storm.splice(0),
  };
};
export type MoodyProvider = ReturnType<typeof moodyProvider>;
