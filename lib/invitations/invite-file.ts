import { change } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { invalid, type Result } from "@/lib/result";
import { readCsv } from "./csv";
import { send } from "./invite";
import { findGroups } from "./named-groups";
import type { Outcome } from "./outcomes";
import type { CsvInvite } from "./schema";
import { sendOnce } from "./submission";

/**
 * Invites the people of a file, each into the groups of their row, and says of each what became of them. It is known by
 * its text: posted again it answers as before, also when a group is called otherwise by now. Sends nothing when a row
 * can't be used; refuses as `invite` does.
 */
export const inviteFile = async (granted: Grant<"access.create">, file: CsvInvite): Promise<Result<Outcome[]>> => {
  const rows = readCsv(file.csv);
  if (!rows.ok) return rows;
  return change(granted, (change) =>
    sendOnce(change, file, async () => {
      const { tx, organizationId, actor } = change;
      const placed = await findGroups(tx, organizationId, actor, rows.value);
      const bad = placed.find(({ problem }) => problem !== null);
      if (bad) return invalid("csv", `${bad.email}: ${bad.problem} Nothing was sent. Upload the file again.`);
      const { message, lifetimeDays } = file;
      const addresses = placed.map(({ email }) => email);
      const groupsOf = placed.map(({ groupIds }) => groupIds);
      return send(change, { addresses, groups: [], groupsOf, message, lifetimeDays });
    }),
  );
};
