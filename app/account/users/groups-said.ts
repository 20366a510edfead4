import { refresh } from "next/cache";
import type { Right } from "@/lib/access/catalogue";
import { type Grant, grant } from "@/lib/access/grant";
import { readRow } from "@/lib/directory/queries";
import { done, type Result } from "@/lib/result";

/** Everything a member who is no owner sees comes from groups. */
const sees = (active: boolean): string =>
  active ? " They see no sources or domains now." : " Once they are re-activated, they see no sources or domains.";

/** What became of the groups of a member or an invitation, in words; whatever came of it, the page then shows what is. */
export const groupsSaid = async (
  { actor }: Grant<Right>,
  id: string,
  outcome: Promise<Result<null>>,
): Promise<Result<string>> => {
  const settled = await outcome;
  refresh();
  if (!settled.ok) return settled;
  const reading = grant(actor, "access.read");
  const row = reading && (await readRow(reading, id));
  if (!row) return done("The groups are saved.");
  const groups = new Intl.ListFormat("en").format(row.groups);
  if (row.kind === "member") return done(`${row.name} is in ${groups || "no group"}.${groups ? "" : sees(row.active)}`);
  return done(groups ? `${row.email} will join ${groups}.` : `${row.email} will join no group.`);
};
