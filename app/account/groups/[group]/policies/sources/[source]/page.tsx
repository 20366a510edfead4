import { Notice } from "@/components/notice";
import { readSource } from "@/lib/sources/queries";
import { gatedPage } from "../../../../../../gated-page";
import { NothingHere } from "../../../../../../nothing-here";
import { groupTitle } from "../../../../titles";
import { draw, readEditable } from "../../draw";
import { Editor } from "../../editor";

type Props = { params: Promise<{ group: string; source: string }> };

export const generateMetadata = groupTitle("Source-based policies");

/** What a group allows on one source and on what is in it. */
export default gatedPage(
  ["groups.edit", "groups.create"],
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
        granted={granted}
        group={group}
        title={
          <>
            Policies on <bdi>{source.name}</bdi>
          </>
        }
        about={source.id}
        first={first}
        notice={
          !source.enabled && (
            <Notice tone="warning">
              This source is disabled: what is in it shows to nobody, so only what the group has already is offered
              here. Its policies stay, and hold again once the source is enabled.
            </Notice>
          )
        }
        search={{
          label: "Find schemas and tables",
          hint: "Type a part of a name, or “sales.” for the tables of the schema sales.",
        }}
        steps={[{ href: `/account/groups/${group.id}/policies/sources`, words: "Source-based policies" }]}
      />
    );
  },
);
