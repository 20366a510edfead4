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
  const names = [...new Set(rows.flatMap(({ groups }) => groups))];
  // Both in lower case by Postgres, as in the key that keeps names apart: JavaScript has its own idea of İ and Σ.
  const found = await database.execute<{ typed: string; id: GroupId }>(sql`
    select n.value as typed, g.id from groups g
      join jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) n on lower(n.value) = lower(g.name)
    where g.organization_id = ${organizationId}`);
  const ids = [...new Set(found.map(({ id }) => id))];
  const problems = new Map(
    (await readGroupHoldings(database, organizationId, ids)).map((group) => {
      const refusal = refusalOf(actor, group);
      return [group.id, refusal && wordsFor(refusal)];
    }),
  );
  const known = new Map(found.map(({ typed, id }) => [typed, { id, problem: problems.get(id) ?? null }]));
  return rows.map((row) => {
    const named = row.groups.map((name) => ({ name, group: known.get(name) }));
    const wrong = named.map(({ name, group }) => (group ? group.problem : unknown(name))).filter(Boolean);
    return {
      ...row,
      groupIds: named.flatMap(({ group }) => group?.id ?? []),
      problem: row.problem ?? (wrong.length > 0 ? [...new Set(wrong)].join(" ") : null),
    };
  });
};

const unknown = (name: string) => `There is no group called “${name.slice(0, 64)}”.`;
