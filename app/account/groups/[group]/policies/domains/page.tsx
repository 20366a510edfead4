import { EmptyState } from "@/components/empty-state";
import { WidePage } from "@/components/page";
import { gatedPage } from "../../../../../gated-page";
import { NothingHere } from "../../../../../nothing-here";
import { groupTitle } from "../../../titles";
import { draw, readEditable } from "../draw";
import { Editor, GroupTrail } from "../editor";

type Props = { params: Promise<{ group: string }> };

export const generateMetadata = groupTitle("Domain-based policies");

/** What a group allows on domains. */
export default gatedPage(
  ["groups.edit", "groups.create"],
  "/account/groups/[group]/policies/domains",
  async (granted, { params }: Props) => {
    const group = await readEditable(granted, (await params).group);
    const first = group && (await draw(granted, group, "domains"));
    if (!group || !first) return <NothingHere />;
    if (first.tables.length === 0)
      return (
        <WidePage title="Domain-based policies">
          <EmptyState title="No domains to choose from">
            <p>There is no domain that you can see. Once there is one, policies decide here who sees it too.</p>
          </EmptyState>
          <GroupTrail group={group} />
        </WidePage>
      );
    return (
      <Editor
        granted={granted}
        group={group}
        title="Domain-based policies"
        about="domains"
        first={first}
        search={{ label: "Find another domain", hint: null }}
      />
    );
  },
);
