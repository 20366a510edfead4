import { sql } from "drizzle-orm";
import type { GroupId } from "@/db/schema/ids";
import { change, type OrganizationChange, unchanged } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { wordsFor } from "@/lib/messages";
import type { Result } from "@/lib/result";
import type { CsvRow } from "./csv";
import { mayHandOut } from "./hand-out";
import type { Outcome } from "./outcomes";
import { sortOut } from "./sort-out";

/** A row of a file, held against the tables: `outcome` is null when an invite would go out now, with `groupIds`. */
export type JudgedRow = CsvRow & { groupIds: GroupId[]; outcome: Outcome | null };

/**
 * Says of every row what would become of it if it were sent now, and writes nothing. A group that doesn't exist here, or
 * that the actor may not hand out, is the problem of each row that names it.
 */
export const judge = (granted: Grant<"access.create">, rows: readonly CsvRow[]): Promise<Result<JudgedRow[]>> =>
  change(granted, async (change) => {
    const groups = await readNamed(change, change.actor, rows);
    const judged: JudgedRow[] = rows.map((row) => {
      const named = row.groups.map((name) => groups.get(keyOf(name)) ?? unknown(name));
      const problem = row.problem ?? named.find((group) => group.problem)?.problem ?? null;
      return { ...row, problem, groupIds: named.flatMap(({ id }) => id ?? []), outcome: null };
    });
    const sound = judged.filter(({ problem }) => problem === null);
    const { outcomes } = await sortOut(
      change,
      sound.map(({ email }) => email),
    );
    const known = new Map(sound.map((row, place) => [row.row, outcomes[place] ?? null]));
    return unchanged(judged.map((row) => ({ ...row, outcome: known.get(row.row) ?? null })));
  });

type Named = { id: GroupId | null; problem: string | null };

const keyOf = (name: string) => name.toLowerCase();
const unknown = (name: string): Named => ({ id: null, problem: `There is no group called “${name.slice(0, 64)}”.` });

const readNamed = async (
  change: OrganizationChange,
  actor: Parameters<typeof mayHandOut>[1],
  rows: readonly CsvRow[],
) => {
  const names = [...new Set(rows.flatMap(({ groups }) => groups.map(keyOf)))];
  const found = await change.tx.execute<{ id: GroupId; key: string }>(sql`
    select g.id, lower(g.name) as key from groups g
      join jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) n on n.value = lower(g.name)
    where g.organization_id = ${change.organizationId}`);
  const judged = new Map<string, Named>();
  for (const { id, key } of found) {
    const may = await mayHandOut(change, actor, [id]);
    judged.set(key, { id, problem: may.ok ? null : wordsFor(may.refusal) });
  }
  return judged;
};
