import type { Metadata } from "next";
import { viewer } from "@/lib/access/viewer";
import { readAsset, readSource } from "@/lib/sources/queries";

type Parts = { params: Promise<{ source: string; asset?: string }> };

/** The title of a source's page, or of one of its assets: a name only when it shows to whoever asks. */
export const sourceTitle = async ({ params }: Parts): Promise<Metadata> => {
  const actor = (await viewer())?.actor;
  const { source, asset } = await params;
  const found = actor && (asset ? await readAsset(actor, source, asset) : await readSource(actor, source));
  return { title: { absolute: [found?.name, "Sources", actor?.organizationName].filter(Boolean).join(" – ") } };
};
