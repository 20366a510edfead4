import type { Actor } from "@/lib/access/actor";
import { lossInWords, readLoss } from "@/lib/access/loss";
import { readGathering, type Source } from "@/lib/sources/queries";
import { wordsForGathering } from "./words";

/** What happens to whom when a source is deleted, sentence by sentence. */
export const readLossInWords = async (actor: Actor, source: Source["id"]): Promise<string[]> => [
  ...lossInWords(await readLoss(actor, { source })),
  wordsForGathering(await readGathering(actor, source)),
];
