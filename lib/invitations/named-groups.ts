import { sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import type { GroupId, OrganizationId } from "@/db/schema/ids";
import { type Holding, readGroupHoldings } from "@/lib/access/holding";
import { wordsFor } from "@/lib/messages";
import type { CsvRow } from "./csv";
import { refusalOf } from "./hand-out";

/** A row of a file with the groups it names. */
export type PlacedRow = CsvRow & { groupIds: GroupId[] };

/**
 * Finds the groups that rows of a file name, in any case. One that doesn't exist here, or that the actor may not hand out,
 * is the problem of each row that names it.
 */
export const findGroups = async (
  database: Queryable,
  organizationId: OrganizationId,
  actor: Holding,
  rows: readonly CsvRow[],
): Promise<PlacedRow[]> => {
  const names = [...new Set(rows.flatMap(({ groups }) => groups.map(keyOf)))];
  const found = await database.execute<{ id: GroupId }>(sql`
    select g.id from groups g
      join jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) n on n.value = lower(g.name)
    where g.organization_id = ${organizationId}`);
  const ids = found.map(({ id }) => id);
  const known = new Map<string, { id: GroupId; problem: string | null }>();
  for (const group of await readGroupHoldings(database, organizationId, ids)) {
    const refusal = refusalOf(actor, group);
    known.set(keyOf(group.name), { id: group.id, problem: refusal && wordsFor(refusal) });
  }
  return rows.map((row) => {
    const named = row.groups.map((name) => ({ name, group: known.get(keyOf(name)) }));
    const problems = named.map(({ name, group }) => (group ? group.problem : unknown(name))).filter(Boolean);
    return {
      ...row,
      groupIds: named.flatMap(({ group }) => group?.id ?? []),
      problem: row.problem ?? (problems.length > 0 ? [...new Set(problems)].join(" ") : null),
    };
  });
};

const keyOf = (name: string) => name.toLowerCase();
const unknown = (name: string) => `There is no group called “${name.slice(0, 64)}”.`;
