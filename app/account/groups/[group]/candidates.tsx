import { Notice } from "@/components/notice";
import { SearchForm } from "@/components/search-form";
import type { GroupWhole, MembersPage } from "@/lib/groups/queries";
import { AddMembers } from "./press-forms";

/** Who could be put into the group, with a search. */
export const Candidates = ({ group, q, page }: { group: GroupWhole; q: string; page: MembersPage }) => (
  <div className="max-w-xl space-y-3">
    <h3 id="add">Add members</h3>
    {group.builtIn && (
      <Notice tone="warning">
        Whoever you add to Owners can do everything you can, and can take it away from you too.
      </Notice>
    )}
    <SearchForm action={`/account/groups/${group.id}`} label="Name or address" q={q} />
    {page.rows.length > 0 ? (
      <>
        {page.next && (
          <p className="text-sm text-quiet">These are the first by name: search for more of a name to see others.</p>
        )}
        <AddMembers people={page.rows} />
      </>
    ) : (
      <p className="text-quiet wrap-anywhere">
        {q
          ? `Nobody who isn't in the group matches “${q}”.`
          : "Every active member of your organization is in this group."}
      </p>
    )}
  </div>
);
