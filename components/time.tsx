import { cookies } from "next/headers";
import { inZone, isZone, relativeWords } from "./moment";

/**
 * A moment in the viewer's time zone, which the browser tells in the cookie `tz`; without it UTC, and saying so.
 * `relative` puts "in 6 days" before it; `date` leaves the time of day away.
 */
export async function Time({ at, relative = false, date = false }: { at: Date; relative?: boolean; date?: boolean }) {
  const words = await whenIn(at, { date });
  // A date stays on one line; with the time of day it is too long for that on a small phone.
  const whole = date ? "whitespace-nowrap" : "sm:whitespace-nowrap";
  return (
    <time dateTime={at.toISOString()}>
      {relative ? (
        <>
          {relativeWords(at, new Date())} <span className={`${whole} text-quiet`}>({words})</span>
        </>
      ) : (
        <span className={whole}>{words}</span>
      )}
    </time>
  );
}

/** The same words alone, for a sentence. */
export async function whenIn(at: Date, { date = false } = {}): Promise<string> {
  const told = (await cookies()).get("tz")?.value;
  const zone = told && isZone(told) ? told : null;
  return inZone(at, zone ?? "UTC", { date, sayZone: !zone });
}
