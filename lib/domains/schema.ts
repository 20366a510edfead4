import { z } from "zod";
import type { AssetId, DomainId } from "@/db/schema/ids";
import { idField, nameField, textField } from "@/lib/fields";

const toDomainId = (id: string) => id as DomainId; // a uuid; whether it is one of ours is for the query to say
const toAssetId = (id: string) => id as AssetId; // likewise
const assetField = idField.transform(toAssetId);

/** A press on one domain. */
export const DomainInput = z.object({ domain: idField.transform(toDomainId) });

/** What a domain is called and about. */
export const NewDomain = z.object({ name: nameField("a name for the domain"), description: textField });
export type NewDomain = z.output<typeof NewDomain>;

/** The same, for one there is. */
export const DomainDetails = DomainInput.extend(NewDomain.shape);

/** Schemas and tables to put into a domain. */
export const AssetsInput = DomainInput.extend({
  assets: z
    .array(assetField)
    .max(1000, "Add at most 1,000 at a time.")
    .default([])
    .refine((ids) => ids.length > 0, "Tick at least one schema or table."),
});

/** One to take out of it. */
export const AssetInput = DomainInput.extend({ asset: assetField });
