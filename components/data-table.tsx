import type { ReactNode } from "react";

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
  /** Shows no label, as above a column of buttons; readers still hear it. */
  quiet?: boolean;
};

/**
 * A table of rows of one kind; below 640 px a list of cards with the same words.
 * `caption` says what the rows are; it is read out, and shown only when `showCaption`.
 */
export function DataTable<Row>({ caption, showCaption = false, columns, rows, keyOf }: DataTableProps<Row>) {
  return (
    <table {...is.table} className="stacked w-full border-collapse rounded-card text-left max-sm:block sm:bg-surface">
      <caption className={showCaption ? "pb-3 text-left text-lg font-semibold max-sm:block" : "sr-only"}>
        {caption}
      </caption>
      <thead {...is.rowgroup} className="text-sm text-quiet max-sm:sr-only">
        <tr {...is.row} className="border-b border-edge">
          {columns.map((column) => (
            <th
              key={column.label}
              {...is.columnheader}
              scope="col"
              className="px-3 py-2 font-medium first:pl-4 last:pr-4"
            >
              <span className={column.quiet ? "sr-only" : undefined}>{column.label}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...is.rowgroup} className="max-sm:space-y-3">
        {rows.map((row) => (
          <tr
            key={keyOf(row)}
            {...is.row}
            className="border-line max-sm:rounded-card max-sm:border max-sm:bg-surface max-sm:p-4 sm:border-b"
          >
            {columns.map((column) => (
              <Cell key={column.label} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type DataTableProps<Row> = {
  caption: string;
  showCaption?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
};

const cellClass = "min-w-0 py-1 align-top font-normal sm:px-3 sm:py-2.5 sm:first:pl-4 sm:last:pr-4";

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  if (column.names) {
    return (
      <th {...is.rowheader} scope="row" className={`${cellClass} max-sm:pb-2`}>
        {column.cell(row)}
      </th>
    );
  }
  return (
    <td {...is.cell} data-label={column.quiet ? undefined : column.label} className={`${cellClass} max-sm:text-sm`}>
      <div className="min-w-0">{column.cell(row)}</div>
    </td>
  );
}
