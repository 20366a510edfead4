import type { ReactNode } from "react";
import { WidePage } from "@/components/page";
import { Trail } from "@/components/trail";
import type { GroupWhole } from "@/lib/groups/queries";
import { PolicyForm } from "./policy-form";
import type { Editing } from "./view";

type Props = {
  organization: string;
  group: GroupWhole;
  title: ReactNode;
  about: string;
  first: Editing;
  search?: { label: string; hint: string | null };
  /** Steps between the group and this page. */
  steps?: readonly { href: string; words: ReactNode }[];
};

/** A page on which one part of a group's policies is changed. */
export const Editor = ({ organization, group, title, about, first, search, steps = [] }: Props) => (
  <WidePage
    title={title}
    lead={
      <>
        What members of <b dir="auto">{group.name}</b> may see and do. Before anything is saved you see whom it touches.
      </>
    }
  >
    <PolicyForm organization={organization} group={group.id} about={about} first={first} search={search ?? null} />
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
