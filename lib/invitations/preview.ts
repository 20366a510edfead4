import { db } from "@/db/client";
import type { Grant } from "@/lib/access/grant";
import { readHolding } from "@/lib/access/holding";
import { done, type Result, refused } from "@/lib/result";
import type { CsvRow } from "./csv";
import { findGroups, type PlacedRow } from "./named-groups";
import type { Outcome } from "./outcomes";
import { sortOut } from "./sort-out";

/** A row of a file, held against the tables: `outcome` is null when an invite would go out now, with `groupIds`. */
export type JudgedRow = PlacedRow & { outcome: Outcome | null };

/**
 * Says of every row what would become of it if it were sent now. It writes nothing and locks nothing, so nobody waits for
 * it; what is sent is judged anew.
 */
export const judge = async (
  { actor, organizationId, right }: Grant<"access.create">,
  rows: readonly CsvRow[],
): Promise<Result<JudgedRow[]>> => {
  const holding = await readHolding(db(), organizationId, actor.userId);
  if (!holding) return refused({ code: "forbidden", missing: right });
  const placed = await findGroups(db(), organizationId, holding, rows);
  const sound = placed.filter(({ problem }) => problem === null);
  const emails = sound.map(({ email }) => email);
  const { outcomes } = await sortOut(db(), organizationId, emails);
  const known = new Map(sound.map((row, place) => [row.row, outcomes[place] ?? null]));
  return done(placed.map((row) => ({ ...row, outcome: known.get(row.row) ?? null })));
};
