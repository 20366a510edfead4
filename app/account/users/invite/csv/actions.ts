"use server";

import { action } from "@/lib/actions";
import { decodeCsv, readCsv } from "@/lib/invitations/csv";
import { inviteFile } from "@/lib/invitations/invite-file";
import { judge } from "@/lib/invitations/preview";
import { CsvInput, CsvInvite } from "@/lib/invitations/schema";
import { done } from "@/lib/result";
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
export const inviteCsv = action("access.create", CsvInvite, async (granted, file) => {
  const result = await inviteFile(granted, file);
  return result.ok ? done(answerOf(result.value, { groups: [], ...file }, granted.actor)) : result;
});
