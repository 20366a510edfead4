import { z } from "zod";
import { nameField } from "@/lib/fields";

export const GroupInput = z.object({
  name: nameField("a group name"),
  description: z.string().trim().max(500, "Use at most 500 characters.").default(""),
});
export type GroupInput = z.output<typeof GroupInput>;
