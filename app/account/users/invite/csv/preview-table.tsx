import { Badge } from "@/components/badge";
import { DataTable } from "@/components/data-table";
import { EmailAddress } from "@/components/email-address";
import { ResultHeading } from "@/components/result-heading";
import type { CsvPreview } from "./preview";

/** Every row of a file with what would become of it. */
export const PreviewTable = ({ preview }: { preview: CsvPreview }) => (
  <section className="space-y-4">
    <ResultHeading>{preview.heading}</ResultHeading>
    <p className="text-quiet">
      Nothing has been sent yet. Rows that can't be invited are left out: mend them in the file and upload it again.
      Names are shown for you alone: people give their own when they join.
    </p>
    {preview.rows.length > mostInTable ? (
      <ul
        className="max-h-[60vh] overflow-y-auto border border-line bg-surface px-4 py-2"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
        tabIndex={0}
        aria-label={caption}
      >
        {preview.rows.map((row) => (
          <li key={row.row} className="py-0.5 wrap-anywhere">
            {inWords(row)}
          </li>
        ))}
      </ul>
    ) : (
      <DataTable caption={caption} columns={columns} rows={preview.rows} keyOf={({ row }) => String(row)} />
    )}
  </section>
);

const caption = "What would become of each row";

/** A table of more rows keeps a browser busy for seconds: a line of text each says the same. */
const mostInTable = 200;
const inWords = ({ row, email, name, groups, outcome, detail }: Row): string =>
  `Row ${row}: ${[email, name, groups].filter(Boolean).join(", ")}. ${outcome}. ${detail ?? ""}`;

type Row = CsvPreview["rows"][number];

const columns = [
  { label: "Email", names: true, cell: ({ email }: Row) => (email ? <EmailAddress>{email}</EmailAddress> : "–") },
  { label: "Row", cell: ({ row }: Row) => row },
  {
    label: "Name",
    cell: ({ name }: Row) => (
      <span dir="auto" className="wrap-anywhere">
        {name || "–"}
      </span>
    ),
  },
  {
    label: "Groups",
    cell: ({ groups }: Row) => (
      <span dir="auto" className="wrap-anywhere">
        {groups || "–"}
      </span>
    ),
  },
  {
    label: "Outcome",
    cell: ({ outcome, tone, detail }: Row) => (
      <>
        <Badge tone={tone}>{outcome}</Badge>
        {detail && <span className="block text-sm text-quiet">{detail}</span>}
      </>
    ),
  },
];
