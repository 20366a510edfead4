import { gatedPage } from "../../../../../gated-page";
import { NothingHere } from "../../../../../nothing-here";
import { groupTitle } from "../../../titles";
import { Editor } from "../editor";
import { draw, readEditable } from "../steps";

type Props = { params: Promise<{ group: string }> };

export const generateMetadata = groupTitle("Administrative policies");

/** What a group allows on the whole organization. */
export default gatedPage(
  "groups.edit",
  "/account/groups/[group]/policies/administrative",
  async (granted, { params }: Props) => {
    const group = await readEditable(granted, (await params).group);
    const first = group && (await draw(granted, group, "administrative"));
    if (!group || !first) return <NothingHere />;
    const organization = granted.organizationId;
    return (
      <Editor
        organization={organization}
        group={group}
        title="Administrative policies"
        about="administrative"
        first={first}
      />
    );
  },
);
