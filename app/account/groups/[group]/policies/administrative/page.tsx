import { gatedPage } from "../../../../../gated-page";
import { NothingHere } from "../../../../../nothing-here";
import { groupTitle } from "../../../titles";
import { draw, readEditable } from "../draw";
import { Editor } from "../editor";

type Props = { params: Promise<{ group: string }> };

export const generateMetadata = groupTitle("Administrative policies");

/** What a group allows on the whole organization. */
export default gatedPage(
  ["groups.edit", "groups.create"],
  "/account/groups/[group]/policies/administrative",
  async (granted, { params }: Props) => {
    const group = await readEditable(granted, (await params).group);
    const first = group && (await draw(granted, group, "administrative"));
    if (!group || !first) return <NothingHere />;
    return (
      <Editor granted={granted} group={group} title="Administrative policies" about="administrative" first={first} />
    );
  },
);
