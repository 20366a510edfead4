import { Badge } from "@/components/badge";
import { ButtonLink } from "@/components/button";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { Outcome } from "@/components/outcome";
import { WidePage } from "@/components/page";
import { PageLinks } from "@/components/page-links";
import { SearchForm } from "@/components/search-form";
import { pageAddress, readPaging } from "@/lib/paging";
import { listSources, type SourceRow } from "@/lib/sources/queries";
import { memberPage } from "../gated-page";
import { JustJoined } from "../just-joined";
import { MissingSomething } from "../missing-something";
import { NoAccessYet } from "../no-access-yet";
import { titled } from "../signed-in";
import { Tags } from "./tags";
import { outcomes } from "./words";

export const generateMetadata = titled("Sources");

/** The sources that policies let this member see. */
export default memberPage("/sources", async (actor, { searchParams }: PageProps<"/sources">) => {
  const asked = await searchParams;
  const paging = readPaging(asked);
  const { rows, previous, next } = await listSources(actor, paging);
  const mayConnect = actor.rights.has("sources.create");
  const none = rows.length === 0 && paging.q === "";
  const connect = (
    <ButtonLink href="/sources/new" tone="main">
      Connect source
    </ButtonLink>
  );
  return (
    <WidePage title="Sources" actions={mayConnect && !none && connect}>
      <JustJoined actor={actor} asked={"joined" in asked} />
      <Outcome after={outcomes.get(asked.after)} />
      {none && !actor.rights.has("sources.read") && <NoAccessYet actor={actor} things="sources" />}
      {none && actor.rights.has("sources.read") && (
        <EmptyState title="No sources yet" actions={mayConnect && connect}>
          <p>
            Sources are the databases your organization connects, so that people can find what is in them: schemas,
            tables, columns, and what they mean. Policies on groups decide who sees which.
          </p>
        </EmptyState>
      )}
      {!none && (
        <div className="space-y-4">
          <SearchForm action="/sources" label="Name, description or tag" q={paging.q} />
          {rows.length > 0 ? (
            <DataTable caption="Sources" columns={columns} rows={rows} keyOf={({ id }) => id} />
          ) : (
            <EmptyState>
              <p className="wrap-anywhere">No sources match “{paging.q}”.</p>
            </EmptyState>
          )}
          <PageLinks
            previous={previous && pageAddress("/sources", { ...paging, page: previous })}
            next={next && pageAddress("/sources", { ...paging, page: next })}
          />
          <MissingSomething actor={actor} />
        </div>
      )}
    </WidePage>
  );
});

const columns = [
  {
    label: "Source",
    names: true,
    cell: ({ id, name, enabled }: SourceRow) => (
      <span className="flex flex-wrap items-center gap-x-2">
        <a href={`/sources/${id}`} dir="auto">
          {name}
        </a>
        {!enabled && <Badge icon="off">Disabled</Badge>}
      </span>
    ),
  },
  {
    label: "Description",
    cell: ({ description }: SourceRow) => <span dir="auto">{description || <None />}</span>,
  },
  { label: "Tags", cell: ({ tags }: SourceRow) => (tags.length > 0 ? <Tags tags={tags} /> : <None />) },
];

const None = () => <span className="text-quiet">None yet</span>;
