import type { AccessRequest } from "@/lib/requests/queries";

const list = new Intl.ListFormat("en");

/** What a decision did, in words that stand alone; null while nobody has decided. */
export const wordsForDecision = ({ name, decision }: AccessRequest): string | null => {
  if (!decision) return null;
  if (!decision.granted) return `The request of ${name} is refused.`;
  return decision.groups.length > 0
    ? `${name} has the access of ${list.format(decision.groups)} now.`
    : `The request of ${name} is granted.`;
};
