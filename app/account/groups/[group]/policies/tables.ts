import { catalogue, type Operation, operationWords, type Permission, plainly, split } from "@/lib/access/catalogue";
import type { ChoiceRow } from "@/lib/groups/choices";
import { type Part, wordOf } from "@/lib/groups/parts";
import type { BoxRow, BoxTable } from "./view";

/** Choices as tables of boxes: one for each permission that is on a thing of its own, one for all that are on everything. */
export const tablesOf = (about: Part, rows: readonly ChoiceRow[]): BoxTable[] =>
  kinds.flatMap(({ caption, lead, permissions }) => {
    const among = rows.filter((row) => permissions.includes(permissionOf(row)));
    return among.length > 0 ? [{ caption, lead, heads: headsOf(among), rows: among.map(boxesOf(about)) }] : [];
  });

const permissionOf = ({ choices }: ChoiceRow): Permission | undefined => {
  const [first] = choices;
  return first && split(first.policy.right)[0];
};

const kinds: { caption: string; lead: string | null; permissions: (Permission | undefined)[] }[] = [
  {
    caption: "Administrative",
    lead: "On the whole organization.",
    permissions: ["access", "groups", "sources", "domains", "settings", "audit"],
  },
  { caption: "Manage data source", lead: "The source itself, not what is in it.", permissions: ["source"] },
  {
    caption: "Asset details",
    lead: "What is in the source: everything, chosen schemas or chosen tables.",
    permissions: ["assets"],
  },
  {
    caption: "Domain",
    lead: "What a domain gathers shows only to those whose policies show it in its source too.",
    permissions: ["domain"],
  },
];

const order: Operation[] = ["read", "create", "edit", "delete"];

const headsOf = (rows: readonly ChoiceRow[]) => {
  const used = new Set(rows.flatMap(({ choices }) => choices.map(({ policy }) => split(policy.right)[1])));
  return order
    .filter((operation) => used.has(operation))
    .map((operation) => ({ operation, label: operationWords[operation] }));
};

const boxesOf =
  (about: Part) =>
  (row: ChoiceRow): BoxRow => ({
    ...nameOf(row),
    boxes: row.choices.map(({ policy, chosen, fixed, beyond }) => ({
      word: wordOf(about, policy),
      operation: split(policy.right)[1],
      words: plainly(policy.right),
      ticked: chosen,
      why: fixed ? "fixed" : beyond ? "beyond" : null,
    })),
  });

const nameOf = (row: ChoiceRow): { name: string; note: string | null } => {
  const { source, schema, table, domain } = row.names;
  const permission = permissionOf(row);
  if (domain) return { name: domain, note: null };
  if (permission === "source") return { name: source ?? "", note: null };
  const gone = row.missing ? "Not in the database any more." : null;
  if (table) return { name: `${schema}.${table}`, note: gone };
  if (schema) return { name: schema, note: gone ?? "A schema. Includes tables added later." };
  if (source) return { name: `Everything in ${source}`, note: "Includes schemas and tables added later." };
  return { name: permission ? catalogue[permission].label : "", note: null };
};
