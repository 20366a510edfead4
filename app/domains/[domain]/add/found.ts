import type { Grant } from "@/lib/access/grant";
import { type Gathered, listCandidates } from "@/lib/domains/queries";
import { type Option, type Picking, picked } from "@/lib/picking";

/** Where what was ticked has been put. */
export type Added = { to: string };

type Sent = { q: string; listed: string; assets: readonly string[] };

/** What could be put into a domain. Without anything sent: what the page shows. */
export const findFor = async (
  granted: Grant<"domain.edit">,
  { q, listed, assets }: Sent = { q: "", listed: "", assets: [] },
): Promise<Picking> => {
  const { rows, next } = await listCandidates(granted, { q, page: null });
  return picked({ q, listed, ticked: assets }, rows.map(optionOf), next !== null);
};

/** A schema or table as an option of a picker. */
const optionOf = ({ id, kind, schema, name, relation, sourceName, description }: Gathered): Option => ({
  value: id,
  label: schema === null ? name : `${schema}.${name}`,
  hint: `${relation ?? kind} of ${sourceName}${description && `: ${shortened(description)}`}`,
});

/** Enough to tell one from another, cut between words: the form sends it along, so that more of it would not fit. */
const shortened = (text: string): string => {
  const [first, rest] = [[...text].slice(0, 60).join(""), [...text].slice(60).join("")];
  return rest === "" ? first : `${/^\s/.test(rest) ? first : first.replace(/\s+\S*$/, "")}…`;
};
