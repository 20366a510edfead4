import { z } from "zod";
import type { AssetId, SourceId } from "@/db/schema/ids";
import { idOf, nameField, textField } from "@/lib/fields";
import { drawnField } from "@/lib/meanwhile";
import { readUrl } from "./url";

/** A press on one source. */
export const SourceInput = z.object({ source: idOf<SourceId>() });

const url = z.string({ error: "Enter a PostgreSQL URL." }).max(4000, "This URL is too long.");
const password = z.string().max(1000, "This password is too long.").default("");

const addressOf = (typed: { url: string; password: string }, context: z.core.$RefinementCtx) => {
  const read = readUrl(typed.url, typed.password);
  if ("address" in read) return read.address;
  context.addIssue({ code: "custom", path: ["url"], message: read.fault });
  return z.NEVER;
};

const name = nameField("a name for the source");

/** What `Connect source` takes. */
export const ConnectInput = z
  .object({ name, url, password })
  .transform((typed, context) => ({ name: typed.name, address: addressOf(typed, context) }));
export type ConnectInput = z.output<typeof ConnectInput>;

/** Where a source is from now on, and as whom it is read. */
export const CredentialInput = z
  .object({ ...SourceInput.shape, url, password })
  .transform((typed, context) => ({ source: typed.source, address: addressOf(typed, context) }));

const mostTags = 20;
const longestTag = 40;
// Nobody types as much by hand: longer ones needn't be taken apart to tell which of the two it is.
const mostTyped = 20_000;

/** Tags as they are typed, with commas between them; each once, whatever its case. */
const tags = z
  .string()
  .max(mostTyped, `Use at most ${mostTags} tags of at most ${longestTag} characters each.`)
  .default("")
  .transform((typed) => {
    const named = new Map(
      typed.split(/[,\n]/).map((tag) => [tag.trim().toLowerCase(), tag.trim().replace(/\s+/g, " ")]),
    );
    named.delete("");
    return [...named.values()];
  })
  .pipe(
    z
      .array(
        z
          .string()
          .max(longestTag, `Use at most ${longestTag} characters for a tag.`)
          .regex(/^[^\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}]+$/u, "Use only visible characters in tags."),
      )
      .max(mostTags, `Use at most ${mostTags} tags.`),
  );

/** What a source is called and said to be, and what the form was drawn with. */
export const SourceDetails = z.object({ ...SourceInput.shape, name, description: textField, tags, drawn: drawnField });
export type SourceDetails = z.output<typeof SourceDetails>;

/** What a schema or table is said to be, and what the form was drawn with. */
export const AssetDetails = z.object({
  ...SourceInput.shape,
  asset: idOf<AssetId>(),
  description: textField,
  tags,
  drawn: drawnField,
});
export type AssetDetails = z.output<typeof AssetDetails>;
