import { z } from "zod";

// Line ends would reach a mail's headers; zero-width and bidirectional characters make one name look like another.
const unseen = /[\p{Cc}\p{Default_Ignorable_Code_Point}]/u;
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
    // Before the patterns below: some of them take long over a long text.
    .max(1000, `Use at most 64 characters for ${what}.`)
    .transform((value) => value.trim().replace(/ +/g, " "))
    .pipe(
      z
        .string()
        .min(1, `Enter ${what}.`)
        .refine((value) => [...value].length <= 64, `Use at most 64 characters for ${what}.`)
        .refine((value) => !unseen.test(value), "Use only visible characters.")
        .refine((value) => !value.includes("@"), "Leave out the @: a name is not an address.")
        .refine((value) => !link.test(value), "Leave out addresses of web pages.")
        .refine((value) => !longNumber.test(value), "Leave out long numbers.")
        .refine((value) => !/[<>]/.test(value), "Leave out < and >."),
    );

/**
 * Words about a thing or to a person, over as many lines as they take: at most 500 characters, trimmed. Refuses control
 * characters, which no mail, page or database keeps. What is bait or invisible in them is made harmless where they are shown.
 */
export const textField = z
  .string()
  // Before the pattern below, which needn't look at a text that is too long anyway.
  .max(10_000, "Use at most 500 characters.")
  .trim()
  .max(500, "Use at most 500 characters.")
  .refine((text) => !/[^\P{Cc}\n\t]|\p{Cs}/u.test(text), "Use only visible characters.")
  .default("");

/** What somebody searches for. */
export const searchField = z.string().trim().max(200, "Search for at most 200 characters.").default("");

/** What no person can type wrong: an id that is none. It is answered like one that leads nowhere. */
export const unknownId = "This doesn't exist, or no longer does.";

/** A uuid in an address or a hidden field. */
export const idField = z.uuid(unknownId);

/** The same as the id of one kind of thing; whether there is one with it here is for the query to say. */
export const idOf = <Id extends string>() => idField.transform((id) => id as Id);
