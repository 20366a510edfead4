import type { Domain, DomainAsset } from "@/lib/domains/queries";
import { wordsForContents } from "../sources/words";

/**
 * How much of a domain shows to whoever looks, and whether anything could be added. What doesn't show is not spoken of:
 * there may be none.
 */
export const leadFor = ({ schemas, tables, mayEdit }: Domain, sourceless: boolean): string => {
  if (schemas + tables > 0) return `You can see ${wordsForContents({ schemas, tables })} in it.`;
  if (sourceless)
    return "Nothing is in this domain, and there is nothing to add yet: schemas and tables come from sources, and no source is connected.";
  return mayEdit
    ? "You can see no schema or table in this domain. Add what belongs here, as far as you can see it in a source."
    : "You can see no schema or table in this domain. What is in it shows to whom policies let see it in its source.";
};

/** What is asked before a schema or table is taken out of a domain, and what happens then. */
export const questionOfRemoving = (asset: string, domain: string): string => `Remove ${asset} from ${domain}?`;

export const wordsForRemoving = ({ kind, whole }: Pick<DomainAsset, "kind" | "whole">): string =>
  [
    kind === "schema" && "The tables it brought go with it.",
    whole
      ? "In its source everything stays as it is, and it can be added again."
      : "In its source everything stays as it is. Only somebody who sees all of it can add it again.",
  ]
    .filter(Boolean)
    .join(" ");

/** What is asked before a domain goes. */
export const questionOf = (name: string): string => `Delete ${name}?`;

/** What has just happened, for the page it led to. */
export const outcomes: ReadonlyMap<unknown, string> = new Map([
  ["created", "The domain is made. Owners see it; others once a policy of one of their groups lets them."],
  ["saved", "Your changes are saved."],
  ["added", "What you ticked belongs to the domain now. Who sees it is as before: that depends on its source."],
  ["deleted", "The domain is deleted. What it gathered is still in its sources."],
]);
