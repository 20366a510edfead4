import { Badge } from "@/components/badge";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { WidePage } from "@/components/page";
import { PageLinks } from "@/components/page-links";
import { SearchForm } from "@/components/search-form";
import type { GroupWhole } from "@/lib/groups/queries";
import { pageAddress, readPaging } from "@/lib/paging";
import { listSources, type SourceRow } from "@/lib/sources/queries";
import { gatedPage } from "../../../../../gated-page";
import { NothingHere } from "../../../../../nothing-here";
import { groupTitle } from "../../../titles";
import { readEditable } from "../draw";
import { GroupTrail } from "../editor";

type Props = {
  params: Promise<{ group: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = groupTitle("Source-based policies");

/** The sources on which a group may be given something: one is picked here. */
export default gatedPage(
  ["groups.edit", "groups.create"],
  "/account/groups/[group]/policies/sources",
  async (granted, { params, searchParams }: Props) => {
    const group = await readEditable(granted, (await params).group);
    if (!group) return <NothingHere />;
    const paging = readPaging(await searchParams);
    const here = `/account/groups/${group.id}/policies/sources`;
    const { rows, previous, next } = await listSources(granted.actor, paging);
    return (
      <WidePage title="Source-based policies" lead="Pick the source on which to decide what members may see and do.">
        {rows.length + paging.q.length > 0 && <SearchForm action={here} label="Source" q={paging.q} />}
        {rows.length > 0 ? (
          <DataTable caption="Sources" columns={columnsFor(group)} rows={rows} keyOf={({ id }) => id} />
        ) : (
          <EmptyState>
            <p className="wrap-anywhere">
              {paging.q ? `No sources match “${paging.q}”.` : "There is no source that you can see."}
            </p>
          </EmptyState>
        )}
        <PageLinks
          previous={previous && pageAddress(here, { ...paging, page: previous })}
          next={next && pageAddress(here, { ...paging, page: next })}
        />
        <GroupTrail group={group} />
      </WidePage>
    );
  },
);

const columnsFor = (group: GroupWhole) => [
  {
    label: "Source",
    names: true,
    cell: ({ id, name, enabled }: SourceRow) => (
      <span className="flex flex-wrap items-center gap-x-2">
        <a href={`/account/groups/${group.id}/policies/sources/${id}`} dir="auto">
          {name}
        </a>
        {!enabled && <Badge icon="off">Disabled</Badge>}
      </span>
    ),
  },
  {
    label: "Policies",
    cell: ({ id }: SourceRow) =>
      group.named.filter(({ policy: { on } }) => on && "source" in on && on.source === id).length.toLocaleString("en"),
  },
];
