import { z } from "zod";
import type { AccessRequestId } from "@/db/schema/ids";
import { idOf, textField } from "@/lib/fields";
import { groupField } from "@/lib/groups/schema";

/** What somebody asks for, in their own words or in none. */
export const AskInput = z.object({ note: textField });

/** What a request is answered with: groups, or a refusal; and words to whoever asked, if there are any. */
export const DecideInput = z
  .object({
    request: idOf<AccessRequestId>(),
    step: z.enum(["grant", "refuse"]),
    groups: z
      .array(groupField)
      .transform((ids) => [...new Set(ids)])
      .default([]),
    answer: textField,
  })
  .refine(({ step, groups }) => step === "refuse" || groups.length > 0, {
    path: ["groups"],
    error: "Choose at least one group, or refuse the request.",
  });
export type DecideInput = z.output<typeof DecideInput>;
