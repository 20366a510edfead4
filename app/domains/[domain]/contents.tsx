import { DataTable } from "@/components/data-table";
import { PageLinks } from "@/components/page-links";
import { SearchForm } from "@/components/search-form";
import type { Domain, DomainAsset } from "@/lib/domains/queries";
import { type Page, type Paging, pageAddress } from "@/lib/paging";
import { Missing } from "../../sources/asset-list";
import { questionOfRemoving, wordsForRemoving } from "../words";
import { RemoveAsset } from "./presses";

/** What a domain gathers, with search and pages; `here` is the page they stand on. */
export const Contents = ({ here, domain, paging, page }: Props) => (
  <div className="space-y-4">
    <SearchForm action={here} label="Schema, table, description or source" q={paging.q} />
    {page.rows.length > 0 ? (
      <DataTable
        caption={paging.q ? "Schemas and tables found" : "Schemas and tables"}
        columns={domain.mayEdit ? [...columns, removal(domain, pageAddress(here, paging))] : columns}
        rows={page.rows}
        keyOf={({ id }) => id}
      />
    ) : (
      <p className="text-quiet wrap-anywhere">Nothing matches “{paging.q}”.</p>
    )}
    <PageLinks
      previous={page.previous && pageAddress(here, { ...paging, page: page.previous })}
      next={page.next && pageAddress(here, { ...paging, page: page.next })}
    />
  </div>
);

type Props = { here: `/${string}`; domain: Domain; paging: Paging; page: Page<DomainAsset> };

const nameOf = ({ schema, name }: DomainAsset) => (schema === null ? name : `${schema}.${name}`);

const columns = [
  {
    label: "Name",
    names: true,
    cell: (asset: DomainAsset) => (
      <span className="flex flex-wrap items-center gap-x-2 @max-table:pr-14">
        <span className="min-w-0 wrap-anywhere">
          <a href={`/sources/${asset.source}/${asset.id}`} dir="auto">
            {nameOf(asset)}
          </a>
        </span>
        {asset.missing && <Missing />}
      </span>
    ),
  },
  {
    label: "Source",
    cell: ({ source, sourceName }: DomainAsset) => (
      <span className="wrap-anywhere">
        <a href={`/sources/${source}`} dir="auto">
          {sourceName}
        </a>
      </span>
    ),
  },
  { label: "Kind", cell: ({ relation }: DomainAsset) => relation ?? "schema" },
  {
    label: "Description",
    cell: ({ description }: DomainAsset) =>
      description ? <span dir="auto">{description}</span> : <span className="text-quiet">None yet</span>,
  },
];

/** What is asked before one is taken out. */
export const removalWords = (asset: DomainAsset, { name }: Domain) => ({
  title: questionOfRemoving(nameOf(asset), name),
  body: wordsForRemoving(asset),
});

const removal = (domain: Domain, here: string) => ({
  label: "Remove",
  corner: true,
  cell: (asset: DomainAsset) =>
    asset.itself && (
      <RemoveAsset
        asset={asset.id}
        name={nameOf(asset)}
        href={`${here}${here.includes("?") ? "&" : "?"}ask=${asset.id}`}
        {...removalWords(asset, domain)}
      />
    ),
});
