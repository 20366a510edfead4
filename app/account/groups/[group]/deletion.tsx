import type { Grant } from "@/lib/access/grant";
import { impactOf } from "@/lib/groups/impact";
import type { GroupWhole } from "@/lib/groups/queries";
import { countInvitationsTo } from "@/lib/invitations/lose-group";
import { effectsOf, invitesInWords } from "../words";
import { Effects } from "./effects";
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

/** What deleting a group takes from whom, and which invites go on without it. */
export const DeletionBody = async ({ granted, group }: Props) => {
  const effects = effectsOf((await impactOf(granted, group.id, [])) ?? []);
  const invites = await countInvitationsTo(granted, group.id);
  return (
    <div className="space-y-2">
      {effects.length === 0 && <p>Nobody loses anything: no active member has something through this group alone.</p>}
      <Effects effects={effects} />
      {invites > 0 && <p>{invitesInWords(invites)}</p>}
      <p>People stay in the organization. This can't be undone.</p>
    </div>
  );
};
