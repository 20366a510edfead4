import type { Grant } from "@/lib/access/grant";
import { impactOf } from "@/lib/groups/impact";
import type { GroupWhole } from "@/lib/groups/queries";
import { effectsOf, firstOf } from "../words";
import { DeleteGroup } from "./press-forms";

type Props = { group: GroupWhole; granted: Grant<"groups.read"> };

export const Deletion = async (props: Props) => (
  <DeleteGroup
    href={`/account/groups/${props.group.id}?ask=delete`}
    title={deletionTitle(props.group)}
    body={<DeletionBody {...props} />}
  />
);

export const deletionTitle = ({ name }: GroupWhole) => `Delete ${name}?`;

/** What deleting a group takes from whom. */
export const DeletionBody = async ({ granted, group }: Props) => {
  const effects = effectsOf((await impactOf(granted, group.id, [])) ?? []);
  return (
    <div className="space-y-2">
      {effects.length === 0 && <p>Nobody loses anything: no active member has something through this group alone.</p>}
      {effects.map(({ whom, what }) => (
        <div key={whom}>
          <p>{whom} at once:</p>
          <ul className="list-disc pl-5">
            {firstOf(what).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      ))}
      <p>People stay in the organization, and invites that name this group go on without it. This can't be undone.</p>
    </div>
  );
};
