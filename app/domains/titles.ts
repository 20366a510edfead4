import type { Metadata } from "next";
import { viewer } from "@/lib/access/viewer";
import { readDomain } from "@/lib/domains/queries";

/** The title of a domain's page: its name only when it shows to whoever asks. */
export const domainTitle = async ({ params }: { params: Promise<{ domain: string }> }): Promise<Metadata> => {
  const actor = (await viewer())?.actor;
  const found = actor && (await readDomain(actor, (await params).domain));
  return { title: { absolute: [found?.name, "Domains", actor?.organizationName].filter(Boolean).join(" – ") } };
};
