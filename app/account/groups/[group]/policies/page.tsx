import { WidePage } from "@/components/page";
import { PageLinks } from "@/components/page-links";
import { SearchForm } from "@/components/search-form";
import { readGroup } from "@/lib/groups/queries";
import { readStretch } from "@/lib/paging";
import { gatedPage } from "../../../../gated-page";
import { NothingHere } from "../../../../nothing-here";
import { groupTitle } from "../../titles";
import { sentence } from "../../words";
import { PolicyLines } from "../policy-lines";
import { PolicyList } from "../policy-list";
import { GroupTrail } from "./editor";

type Props = {
  params: Promise<{ group: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = groupTitle("Policies");

/** Everything a group allows, with a search: it may be more than its own page has room for. */
export default gatedPage(
  "groups.read",
  "/account/groups/[group]/policies",
  async (granted, { params, searchParams }: Props) => {
    const group = await readGroup(granted, (await params).group);
    if (!group || group.builtIn) return <NothingHere />;
    const asked = await searchParams;
    const q = typeof asked.q === "string" ? asked.q.trim().slice(0, 200) : "";
    const found = group.named.filter((named) => sentence(named).toLowerCase().includes(q.toLowerCase()));
    const { from, previous, next } = readStretch(asked.from, found.length, pageSize);
    const here = `/account/groups/${group.id}/policies`;
    const pageAt = (start: number | null) =>
      start === null ? null : `${here}?${new URLSearchParams({ ...(q && { q }), from: String(start) })}`;
    return (
      <WidePage
        title="Policies"
        lead={
          <>
            What members of <b dir="auto">{group.name}</b> may see and do.
          </>
        }
      >
        {group.named.length === 0 ? (
          <PolicyList group={group} actor={granted.actor} />
        ) : (
          <>
            <SearchForm action={here} label="Source, schema, table, domain or what is allowed" q={q} />
            <p className="text-quiet wrap-anywhere">
              {found.length.toLocaleString("en")} {found.length === 1 ? "policy" : "policies"}
              {q && ` with “${q}”`}.
            </p>
            <PolicyLines group={group} actor={granted.actor} named={found.slice(from, from + pageSize)} />
          </>
        )}
        <PageLinks previous={pageAt(previous)} next={pageAt(next)} />
        <GroupTrail group={group} />
      </WidePage>
    );
  },
);

const pageSize = 50;
