import type { Metadata } from "next";
import { grant } from "@/lib/access/grant";
import { viewer } from "@/lib/access/viewer";
import { readGroupName } from "@/lib/groups/queries";

type Props = { params: Promise<{ group: string }> };

/** `Data Analyst – Group Management` for a page of a group; no name for whoever may not see it, or where there is none. */
export const groupTitle =
  (page?: string) =>
  async ({ params }: Props): Promise<Metadata> => {
    const actor = (await viewer())?.actor;
    const reading = actor && grant(actor, "groups.read");
    const name = reading ? await readGroupName(reading, (await params).group) : null;
    return { title: [name && page, name, "Group Management"].filter(Boolean).join(" – ") };
  };
