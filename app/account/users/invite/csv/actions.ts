"use server";

import { action } from "@/lib/actions";
import { decodeCsv, readCsv } from "@/lib/invitations/csv";
import { invite } from "@/lib/invitations/invite";
import { judge } from "@/lib/invitations/preview";
import { CsvInput, CsvInvite } from "@/lib/invitations/schema";
import { done, invalid } from "@/lib/result";
import { answerOf } from "../answer";
import { previewOf } from "./preview";

/** Says of each row of a file what would become of it. Sends nothing. */
export const previewCsv = action("access.create", CsvInput, async (granted, { file }) => {
  const text = decodeCsv(await file.arrayBuffer());
  const rows = text.ok ? readCsv(text.value) : text;
  const judged = rows.ok ? await judge(granted, rows.value) : rows;
  return judged.ok ? done(previewOf(judged.value)) : judged;
});

/** Invites the rows of a preview, judged anew: what comes back from the browser may be anything. */
export const inviteCsv = action("access.create", CsvInvite, async (granted, { key, csv, message, lifetimeDays }) => {
  const rows = readCsv(csv);
  const judged = rows.ok ? await judge(granted, rows.value) : rows;
  if (!judged.ok) return judged;
  const bad = judged.value.find(({ problem }) => problem !== null);
  if (bad) return invalid("csv", `${bad.email}: ${bad.problem} Nothing was sent. Upload the file again.`);
  const addresses = judged.value.map(({ email }) => email);
  const groupsOf = judged.value.map(({ groupIds }) => groupIds);
  const result = await invite(granted, { key, addresses, groups: [], groupsOf, message, lifetimeDays });
  return result.ok ? done(answerOf(result.value, { groups: [], message, lifetimeDays }, granted.actor)) : result;
});
