import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits until this gives something, and gives that; throws what was waited for after a minute, which only a machine that
 * does nothing at all would need.
 */
export const eventually = async <T>(
  what: string,
  look: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  seconds = 60,
): Promise<T> => {
  for (const until = performance.now() + seconds * 1000; performance.now() < until; await sleep(25)) {
    const seen = await look();
    if (seen !== false && seen !== null && seen !== undefined) return seen;
  }
  throw new Error(`Waited ${seconds} seconds in vain until ${what}`);
};
