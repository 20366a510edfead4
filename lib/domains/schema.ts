import { z } from "zod";
import type { AssetId, DomainId } from "@/db/schema/ids";
import { idOf, nameField, searchField, textField } from "@/lib/fields";
import { drawnField } from "@/lib/meanwhile";
import { mostPicked } from "@/lib/picking";

const assetField = idOf<AssetId>();

/** A press on one domain. */
export const DomainInput = z.object({ domain: idOf<DomainId>() });

/** What a domain is called and about. */
export const NewDomain = z.object({ name: nameField("a name for the domain"), description: textField });
export type NewDomain = z.output<typeof NewDomain>;

/** The same, for one there is, and what the form was drawn with. */
export const DomainDetails = DomainInput.extend({ ...NewDomain.shape, drawn: drawnField });

const assetsField = z.array(assetField);

/** Schemas and tables to put into a domain: looking for them, which keeps those ticked, or putting them into it. */
export const AssetsSteps = z.discriminatedUnion("step", [
  DomainInput.extend({
    step: z.literal("find"),
    q: searchField,
    listed: z.string().max(60_000).default(""),
    assets: assetsField.max(mostPicked, `Tick at most ${mostPicked} at a time: add these first.`).default([]),
  }),
  DomainInput.extend({
    step: z.literal("add"),
    assets: assetsField
      .max(1000, "Add at most 1,000 at a time.")
      .default([])
      .refine((ids) => ids.length > 0, "Tick at least one schema or table."),
  }),
]);

/** One to take out of it. */
export const AssetInput = DomainInput.extend({ asset: assetField });
