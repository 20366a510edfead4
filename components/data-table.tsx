import type { ReactNode } from "react";
import { Icon } from "./icon";

// Spelled out because browsers drop a table's meaning when its rows are laid out as blocks.
const is = {
  table: { role: "table" },
  rowgroup: { role: "rowgroup" },
  row: { role: "row" },
  columnheader: { role: "columnheader" },
  rowheader: { role: "rowheader" },
  cell: { role: "cell" },
};

type Column<Row> = {
  label: string;
  cell: (row: Row) => ReactNode;
  /** The column that names the row; it is its heading for screen readers. */
  names?: boolean;
  /** Where the rows are sorted by this column, and how they are now if they are. */
  sort?: { href: string; now: "ascending" | "descending" | null };
  /** A column of buttons: its label is only read out, and in a card it stands in the corner. */
  corner?: boolean;
};

/**
 * A table of rows of one kind; in little room (any phone) a list of cards with the same words.
 * `caption` says what the rows are; it is read out, and shown only when `showCaption`.
 */
export function DataTable<Row>({ caption, showCaption = false, columns, rows, keyOf }: DataTableProps<Row>) {
  return (
    <div className="@container">
      <table
        {...is.table}
        className="stacked w-full border-collapse rounded-card text-left @max-table:block @table:bg-surface"
      >
        <caption className={showCaption ? "pb-3 text-left text-lg font-semibold @max-table:block" : "sr-only"}>
          {caption}
        </caption>
        <thead {...is.rowgroup} className="text-sm text-quiet @max-table:sr-only">
          <tr {...is.row} className="border-b border-edge">
            {columns.map((column) => (
              <th
                key={column.label}
                {...is.columnheader}
                scope="col"
                aria-sort={column.sort?.now ?? undefined}
                className={`px-2.5 py-2 align-bottom font-medium first:pl-4 last:pr-4 ${column.names ? "@table:min-w-40 @min-[56rem]:min-w-48" : ""}`}
              >
                <Heading column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...is.rowgroup} className="@max-table:space-y-3">
          {rows.map((row) => (
            <tr
              key={keyOf(row)}
              {...is.row}
              className="border-line @max-table:relative @max-table:rounded-card @max-table:border @max-table:bg-surface @max-table:p-4 @table:border-b"
            >
              {columns.map((column) => (
                <Cell key={column.label} column={column} row={row} roomy={columns.length < 4} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type DataTableProps<Row> = {
  caption: string;
  showCaption?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
};

const cellClass = "min-w-0 py-1 align-top font-normal @table:px-2.5 @table:py-2.5 @table:first:pl-4 @table:last:pr-4";

function Heading<Row>({ column: { label, sort, corner } }: { column: Column<Row> }) {
  if (corner) return <span className="sr-only">{label}</span>;
  if (!sort) return <span className="inline-flex min-h-6 items-center">{label}</span>;
  return (
    <>
      {/* Cards have no heads to press: there the page offers the sorts in its own way. */}
      <span className="@table:hidden">{label}</span>
      <a
        href={sort.href}
        className="inline-flex min-h-6 items-center gap-1 hover:text-ink hover:underline @max-table:hidden"
      >
        {label}
        {sort.now && <Icon name={sort.now === "ascending" ? "up" : "down"} className="size-3.5" />}
      </a>
    </>
  );
}

function Cell<Row>({ column, row, roomy }: { column: Column<Row>; row: Row; roomy: boolean }) {
  if (column.names) {
    return (
      <th {...is.rowheader} scope="row" className={`${cellClass} wrap-anywhere @max-table:pr-12 @max-table:pb-2`}>
        {column.cell(row)}
      </th>
    );
  }
  if (column.corner) {
    return (
      <td {...is.cell} className={`${cellClass} text-right @max-table:absolute @max-table:top-3 @max-table:right-3`}>
        {column.cell(row)}
      </td>
    );
  }
  return (
    <td {...is.cell} data-label={column.label} className={`${cellClass} @max-table:text-sm`}>
      <div className={`min-w-0 ${roomy ? "" : "@table:max-w-60"}`}>{column.cell(row)}</div>
    </td>
  );
}
