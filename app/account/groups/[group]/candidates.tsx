import { Notice } from "@/components/notice";
import type { GroupWhole } from "@/lib/groups/queries";
import type { Picking } from "@/lib/picking";
import { AddMembers } from "./press-forms";

/** Who could be put into the group. */
export const Candidates = ({ group, people }: { group: GroupWhole; people: Picking }) => (
  <div className="max-w-xl space-y-3">
    <h3>Add members</h3>
    {group.builtIn && (
      <Notice tone="warning">
        Whoever you add to Owners can do everything, including changing or removing your access.
      </Notice>
    )}
    {people.found.length > 0 ? (
      <AddMembers first={people} />
    ) : (
      <p className="text-quiet">Every active member of your organization is in this group.</p>
    )}
  </div>
);
