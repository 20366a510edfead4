import type { ReactNode } from "react";
import { Notice } from "@/components/notice";
import { WidePage } from "@/components/page";
import { Trail } from "@/components/trail";
import { nameOf } from "@/lib/access/catalogue";
import type { Grant } from "@/lib/access/grant";
import type { GroupWhole } from "@/lib/groups/queries";
import { PolicyForm } from "./policy-form";
import type { Editing } from "./view";

type Props = {
  group: GroupWhole;
  granted: Grant<"groups.edit" | "groups.create">;
  title: ReactNode;
  about: string;
  first: Editing;
  search?: { label: string; hint: string | null };
  /** What is to be known before anything is chosen. */
  notice?: ReactNode;
  /** Steps between the group and this page. */
  steps?: readonly { href: string; words: ReactNode }[];
};

/** A page on which one part of a group's policies is changed. */
export const Editor = ({ granted, group, title, about, first, search, notice, steps = [] }: Props) => (
  <WidePage
    title={title}
    lead={
      <>
        What members of <b dir="auto">{group.name}</b> may see and do. Before anything is saved you see whom it touches.
      </>
    }
  >
    {notice}
    {granted.right === "groups.create" && (
      <Notice>
        You may add policies. What the group has already stays: taking it away needs {nameOf("groups.edit")} or{" "}
        {nameOf("groups.delete")}.
      </Notice>
    )}
    <PolicyForm
      adds={granted.right === "groups.create"}
      organization={granted.organizationId}
      group={group.id}
      about={about}
      first={first}
      search={search ?? null}
    />
    <GroupTrail group={group} steps={steps} />
  </WidePage>
);

export const GroupTrail = ({ group, steps = [] }: Pick<Props, "group" | "steps">) => (
  <Trail
    steps={[
      { href: "/account/groups", words: "Group Management" },
      { href: `/account/groups/${group.id}`, words: <bdi>{group.name}</bdi> },
      ...steps,
    ]}
  />
);
