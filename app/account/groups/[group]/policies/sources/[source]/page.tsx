import { readSource } from "@/lib/sources/queries";
import { gatedPage } from "../../../../../../gated-page";
import { NothingHere } from "../../../../../../nothing-here";
import { groupTitle } from "../../../../titles";
import { Editor } from "../../editor";
import { draw, readEditable } from "../../steps";

type Props = { params: Promise<{ group: string; source: string }> };

export const generateMetadata = groupTitle("Source-based policies");

/** What a group allows on one source and on what is in it. */
export default gatedPage(
  "groups.edit",
  "/account/groups/[group]/policies/sources/[source]",
  async (granted, { params }: Props) => {
    const asked = await params;
    const [group, source] = await Promise.all([
      readEditable(granted, asked.group),
      readSource(granted.actor, asked.source),
    ]);
    const first = group && source && (await draw(granted, group, source.id));
    if (!first) return <NothingHere />;
    return (
      <Editor
        organization={granted.organizationId}
        group={group}
        title={
          <>
            Policies on <bdi>{source.name}</bdi>
          </>
        }
        about={source.id}
        first={first}
        search={{
          label: "Find schemas and tables",
          hint: "Type a part of a name, or “sales.” for the tables of the schema sales.",
        }}
        steps={[{ href: `/account/groups/${group.id}/policies/sources`, words: "Source-based policies" }]}
      />
    );
  },
);
