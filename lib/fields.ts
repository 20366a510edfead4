import { z } from "zod";

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u;
// Zero-width and bidirectional controls make one text look like another (SAFETY 12).
const invisible =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]/u;
const link =
  /https?:|www\.|:\/\/|\b[\p{L}\p{N}-]+\.(?:com|org|net|io|co|info|biz|xyz|dev|app|me|ru|cn|top|site|online|link)\b/iu;
const longNumber = /\d(?:[\s().+-]*\d){6,}/u;

/**
 * A name of a person, organization or group: 1 to 64 characters after trimming. Refuses what turns a name into bait in a
 * mail (SPEC section 8): addresses of pages, an `@`, long runs of digits, control and invisible characters.
 */
export const nameField = (what: string) =>
  z
    .string({ error: `Enter ${what}.` })
    .transform((value) => value.trim().replace(/\s+/gu, " "))
    .pipe(
      z
        .string()
        .min(1, `Enter ${what}.`)
        .refine((value) => [...value].length <= 64, `Use at most 64 characters for ${what}.`)
        .refine((value) => !controls.test(value) && !invisible.test(value), "Use only visible characters.")
        .refine((value) => !value.includes("@"), "Leave out the @: a name is not an address.")
        .refine((value) => !link.test(value), "Leave out addresses of web pages.")
        .refine((value) => !longNumber.test(value), "Leave out long numbers.")
        .refine((value) => !/[<>]/.test(value), "Leave out < and >."),
    );

/** A uuid in an address or a hidden field. */
export const idField = z.uuid("This isn't something we know.");
