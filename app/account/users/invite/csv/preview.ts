import { randomUUID } from "node:crypto";
import { writeCsv } from "@/lib/invitations/csv";
import { needsMending } from "@/lib/invitations/outcomes";
import type { JudgedRow } from "@/lib/invitations/preview";
import { peopleInWords } from "../../../groups/words";
import { detailOf, outcomeWords, slipIn } from "../answer";

/** What is shown of a file before anything is sent; plain data, because it goes to the browser. */
export type CsvPreview = {
  heading: string;
  /** What needs attention first. */
  rows: {
    row: number;
    email: string;
    name: string;
    groups: string;
    outcome: string;
    tone: "success" | "warning" | "plain";
    detail?: string;
  }[];
  /** How many would be invited, and they alone, as they come back to be sent. */
  count: number;
  csv: string;
  key: string;
};

/** Puts the rows into words. */
export const previewOf = (judged: readonly JudgedRow[]): CsvPreview => {
  const ready = judged.filter(isReady);
  const others = judged.length - ready.length;
  return {
    heading: `${peopleInWords(ready.length)} can be invited${others > 0 ? `, ${others.toLocaleString("en")} can't` : ""}`,
    rows: judged
      .map(lookedAt)
      .toSorted((one, other) => careOf(other) - careOf(one))
      .map(shown),
    count: ready.length,
    csv: writeCsv(ready),
    key: randomUUID(),
  };
};

/** Longer than any address is; what is no address and no name can be longer still. */
const longest = 320;
const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

const isReady = ({ problem, outcome }: JudgedRow): boolean => problem === null && outcome === null;

/** A row with what is asked of its address; once for each, because a file may have thousands and sorting compares them often. */
type LookedAt = Readonly<{ row: JudgedRow; slip: string | undefined }>;
const lookedAt = (row: JudgedRow): LookedAt => ({ row, slip: isReady(row) ? slipIn(row.email) : undefined });

/** How much a row asks to be looked at: what can't be invited most, then what looks like a slip. */
const careOf = ({ row, slip }: LookedAt): number => (isReady(row) ? (slip ? 1 : 0) : 2);

const shown = ({ row: judged, slip }: LookedAt): CsvPreview["rows"][number] => {
  const { row, email, name, groups, problem, outcome } = judged;
  const common = { row, email: cut(email), name: cut(name), groups: groups.join(", ") };
  if (problem) return { ...common, outcome: "Needs mending", tone: "warning", detail: problem };
  if (!outcome) return { ...common, outcome: "Will be invited", tone: slip ? "warning" : "success", detail: slip };
  const tone = needsMending(outcome) ? "warning" : "plain";
  return { ...common, outcome: outcomeWords[outcome.kind], tone, detail: detailOf(outcome) };
};
