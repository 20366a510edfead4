import { DataTable } from "@/components/data-table";
import { Section } from "@/components/page";
import type { Asset } from "@/lib/sources/queries";

/** What a schema or table is and where it lies, in what people say of it. */
export const Lead = ({ kind, relation, schema, sourceName, description }: Asset) => (
  <>
    <p>
      {kind === "schema" ? (
        "Schema"
      ) : (
        <>
          {capitalized(relation ?? "table")} in <bdi>{schema}</bdi>
        </>
      )}{" "}
      of <bdi>{sourceName}</bdi>
    </p>
    {description && (
      <p dir="auto" className="mt-2 whitespace-pre-line text-ink">
        {description}
      </p>
    )}
  </>
);

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** The columns of a table. */
export const Columns = ({ columns }: { columns: NonNullable<Asset["columns"]> }) => (
  <Section title="Columns" id="columns">
    {columns.length > 0 ? (
      <DataTable
        caption="Columns"
        columns={[
          { label: "Name", names: true, cell: ({ name }) => <span dir="auto">{name}</span> },
          { label: "Type", cell: ({ type }) => <code>{type}</code> },
          { label: "Empty", cell: ({ nullable }) => (nullable ? "May be empty" : "Never empty") },
        ]}
        rows={columns}
        keyOf={({ name }) => name}
      />
    ) : (
      <p className="text-quiet">It has no columns that can be read.</p>
    )}
  </Section>
);
