import { z } from "zod";
import { done, invalid, type Result } from "@/lib/result";

type Details = Readonly<Record<string, string | readonly string[]>>;

const wordsOf = (value: Details[string] | undefined): string =>
  typeof value === "string" ? value : (value ?? []).join(", ");

/** What a form is drawn with, in one hidden field: `drawnField` reads it when the form comes back. */
export const drawnWith = (details: Details): string =>
  JSON.stringify(Object.fromEntries(Object.entries(details).map(([field, value]) => [field, wordsOf(value)])));

/** A field written by `drawnWith`. A form that doesn't have it says nothing of what it was drawn with, and one that is bent none the more. */
export const drawnField = z
  .string()
  .max(20_000)
  .transform((text) => {
    try {
      return z.record(z.string(), z.string()).parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  })
  .optional();
export type Drawn = z.output<typeof drawnField>;

/**
 * What somebody typed into a form that was `drawn` a while ago, brought together with what is there `now`: a field they left
 * alone stays as others have made it since. Refuses where both changed one field to different things, and tells all that
 * others changed; the form that comes back was drawn with that, so that sending it again replaces it knowingly.
 */
export const merged = <D extends Details>(now: D, typed: D, drawn: Drawn): Result<D> => {
  const changed = Object.keys(now).filter((field) => {
    const is = wordsOf(now[field]);
    return drawn?.[field] !== undefined && drawn[field] !== is && wordsOf(typed[field]) !== is;
  });
  if (changed.every((field) => wordsOf(typed[field]) === drawn?.[field]))
    return done({ ...typed, ...Object.fromEntries(changed.map((field) => [field, now[field]])) });
  const told = changed.map((field) => toldOf(field, wordsOf(now[field])));
  const sentence = `Meanwhile somebody else has ${new Intl.ListFormat("en").format(told)}. Save once more to replace that.`;
  return invalid("drawn", sentence);
};

const toldOf = (field: string, is: string) => (is ? `changed the ${field} to “${is}”` : `emptied the ${field}`);
