import type { Metadata } from "next";
import { Badge } from "@/components/badge";
import { ButtonLink } from "@/components/button";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { Outcome } from "@/components/outcome";
import { WidePage } from "@/components/page";
import { type GroupRow, listGroups } from "@/lib/groups/queries";
import { gatedPage } from "../../gated-page";
import { outcomes } from "./words";

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export const metadata: Metadata = { title: "Group Management" };

/** The groups of the organization, Owners first. */
export default gatedPage("groups.read", "/account/groups", async (granted, { searchParams }: Props) => {
  const groups = await listGroups(granted);
  const mayCreate = granted.actor.rights.has("groups.create");
  const create = (
    <ButtonLink href="/account/groups/new" tone="main">
      Create group
    </ButtonLink>
  );
  return (
    <WidePage
      title="Group Management"
      lead="Groups decide what people see and may do: each carries policies, and its members have what they allow."
      actions={mayCreate && create}
    >
      <Outcome after={outcomes.get((await searchParams).after)} />
      <DataTable caption="Groups" columns={columns} rows={groups} keyOf={({ id }) => id} />
      {groups.length === 1 && (
        <EmptyState title="Only Owners so far">
          <p>
            Members in no group can't see any sources or domains.{" "}
            {mayCreate &&
              "Create a group for people who do the same work, Data Analyst for one, and give it policies: what they may see, and what they may do."}
          </p>
        </EmptyState>
      )}
    </WidePage>
  );
});

const columns = [
  {
    label: "Group",
    names: true,
    cell: ({ id, name, builtIn }: GroupRow) => (
      <span className="flex flex-wrap items-center gap-x-2">
        <a
          href={`/account/groups/${id}`}
          dir="auto"
          className="min-w-0 text-accent underline underline-offset-3 wrap-anywhere"
        >
          {name}
        </a>
        {builtIn && <Badge tone="accent">Built in</Badge>}
      </span>
    ),
  },
  {
    label: "Description",
    cell: ({ description, builtIn }: GroupRow) =>
      builtIn ? (
        "Can do everything in this organization"
      ) : (
        <span dir="auto" className="line-clamp-3 wrap-anywhere">
          {description || <span className="text-quiet">None</span>}
        </span>
      ),
  },
  { label: "Members", cell: ({ members }: GroupRow) => members.toLocaleString("en") },
  {
    label: "Policies",
    cell: ({ policies, builtIn }: GroupRow) => (builtIn ? "Every permission" : policies.toLocaleString("en")),
  },
];
