import { Badge } from "@/components/badge";
import { DataTable } from "@/components/data-table";
import { PageLinks } from "@/components/page-links";
import { SearchForm } from "@/components/search-form";
import { type Page, type Paging, pageAddress } from "@/lib/paging";
import type { AssetRow } from "@/lib/sources/queries";
import { Tags } from "./tags";

/** Schemas and tables of a source, with search and pages; `here` is the page they stand on. */
export const AssetList = ({ source, here, caption, label, paging, page }: Props) => (
  <div className="space-y-4">
    <SearchForm action={here} label={label} q={paging.q} />
    {page.rows.length > 0 ? (
      <DataTable caption={caption} columns={columnsFor(source)} rows={page.rows} keyOf={({ id }) => id} />
    ) : (
      <p className="text-quiet wrap-anywhere">{paging.q ? `Nothing matches “${paging.q}”.` : "Nothing is in here."}</p>
    )}
    <PageLinks
      previous={page.previous && pageAddress(here, { ...paging, page: page.previous })}
      next={page.next && pageAddress(here, { ...paging, page: page.next })}
    />
  </div>
);

type Props = {
  source: string;
  here: string;
  caption: string;
  label: string;
  paging: Paging;
  page: Page<AssetRow>;
};

const columnsFor = (source: string) => [
  {
    label: "Name",
    names: true,
    cell: ({ id, name, schema, missing }: AssetRow) => (
      <span className="flex flex-wrap items-center gap-x-2">
        <a href={`/sources/${source}/${id}`} dir="auto">
          {schema === null ? name : `${schema}.${name}`}
        </a>
        {missing && <Missing />}
      </span>
    ),
  },
  { label: "Kind", cell: ({ relation }: AssetRow) => relation ?? "schema" },
  { label: "Description", cell: ({ description }: AssetRow) => <span dir="auto">{description || <None />}</span> },
  { label: "Tags", cell: ({ tags }: AssetRow) => (tags.length > 0 ? <Tags tags={tags} /> : <None />) },
];

const None = () => <span className="text-quiet">None yet</span>;

/** For what the database had when it was last but one read. */
export const Missing = () => (
  <Badge tone="warning" icon="warning">
    No longer in the database
  </Badge>
);
