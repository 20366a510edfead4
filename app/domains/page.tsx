import { ButtonLink } from "@/components/button";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { Outcome } from "@/components/outcome";
import { WidePage } from "@/components/page";
import { PageLinks } from "@/components/page-links";
import { SearchForm } from "@/components/search-form";
import { type DomainRow, listDomains } from "@/lib/domains/queries";
import { pageAddress, readPaging } from "@/lib/paging";
import { memberPage } from "../gated-page";
import { MissingSomething } from "../missing-something";
import { NoAccessYet } from "../no-access-yet";
import { titled } from "../signed-in";
import { wordsForContents } from "../sources/words";
import { outcomes } from "./words";

export const generateMetadata = titled("Domains");

/** The domains that policies let this member see. */
export default memberPage("/domains", async (actor, { searchParams }: PageProps<"/domains">) => {
  const asked = await searchParams;
  const paging = readPaging(asked);
  const { rows, previous, next } = await listDomains(actor, paging);
  const none = rows.length === 0 && paging.q === "";
  const create = actor.rights.has("domains.create") && (
    <ButtonLink href="/domains/new" tone="main">
      Create domain
    </ButtonLink>
  );
  return (
    <WidePage title="Domains" actions={!none && create}>
      <Outcome after={outcomes.get(asked.after)} />
      {none && !actor.rights.has("domains.read") && <NoAccessYet actor={actor} things="domains" />}
      {none && actor.rights.has("domains.read") && (
        <EmptyState title="No domains yet" actions={create}>
          <p>
            Domains are named areas of your business, like Finance or Customers, that gather the schemas and tables
            which belong together, whatever source they come from. Policies on groups decide who sees which.
          </p>
        </EmptyState>
      )}
      {!none && (
        <div className="space-y-4">
          <SearchForm action="/domains" label="Name or description" q={paging.q} />
          {rows.length > 0 ? (
            <DataTable caption="Domains" columns={columns} rows={rows} keyOf={({ id }) => id} />
          ) : (
            <EmptyState>
              <p className="wrap-anywhere">No domains match “{paging.q}”.</p>
            </EmptyState>
          )}
          <PageLinks
            previous={previous && pageAddress("/domains", { ...paging, page: previous })}
            next={next && pageAddress("/domains", { ...paging, page: next })}
          />
          <MissingSomething actor={actor} />
        </div>
      )}
    </WidePage>
  );
});

const columns = [
  {
    label: "Domain",
    names: true,
    cell: ({ id, name }: DomainRow) => (
      <a href={`/domains/${id}`} dir="auto">
        {name}
      </a>
    ),
  },
  {
    label: "Description",
    cell: ({ description }: DomainRow) =>
      description ? <span dir="auto">{description}</span> : <span className="text-quiet">None yet</span>,
  },
  {
    label: "You see in it",
    cell: ({ schemas, tables }: DomainRow) =>
      schemas + tables > 0 ? (
        wordsForContents({ schemas, tables })
      ) : (
        <span className="text-quiet">No schema or table</span>
      ),
  },
];
