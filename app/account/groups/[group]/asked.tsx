import type { Grant } from "@/lib/access/grant";
import { type GroupWhole, readPeople } from "@/lib/groups/queries";
import { membersField } from "@/lib/groups/schema";
import { DeletionBody, deletionTitle } from "./deletion";
import { removalWords } from "./members";
import { DeleteForm, RemoveForm } from "./press-forms";
import { Question } from "./question";

type Props = { group: GroupWhole; granted: Grant<"groups.read">; asked: unknown; mayMove: boolean };

/** The question that the address asks, for those without script; nothing unless there is one to answer. */
export const Asked = async ({ granted, group, asked, mayMove }: Props) => {
  const here = `/account/groups/${group.id}` as const;
  if (asked === "delete") {
    if (group.builtIn || !granted.actor.rights.has("groups.delete")) return null;
    const body = <DeletionBody granted={granted} group={group} />;
    return <Question title={deletionTitle(group)} body={body} answer={<DeleteForm />} here={here} />;
  }
  const named = membersField.safeParse([asked]);
  const [member] = mayMove && named.success ? await readPeople(granted, named.data, group.id) : [];
  return member && <Question {...removalWords(group, member)} answer={<RemoveForm user={member.id} />} here={here} />;
};
