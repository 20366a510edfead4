import { Question } from "@/components/question";
import type { Grant } from "@/lib/access/grant";
import { type GroupWhole, readPeople } from "@/lib/groups/queries";
import { membersField } from "@/lib/groups/schema";
import { DeletionBody, deletionTitle } from "./deletion";
import { removalWords } from "./members";
import { DeleteForm, RemoveForm, Unanswered } from "./press-forms";

type Props = { group: GroupWhole; granted: Grant<"groups.read">; asked: unknown; mayMove: boolean };

/** The question that the address asks, for those without script; nothing unless there is one, and none once it is answered. */
export const Asked = async ({ granted, group, asked, mayMove }: Props) => {
  const here = `/account/groups/${group.id}`;
  if (asked === "delete") {
    if (group.builtIn || !granted.actor.rights.has("groups.delete")) return null;
    const body = <DeletionBody granted={granted} group={group} />;
    return (
      <Unanswered>
        <Question title={deletionTitle(group)} body={body} answer={<DeleteForm />} here={here} />
      </Unanswered>
    );
  }
  const named = membersField.safeParse([asked]);
  const [member] = mayMove && named.success ? await readPeople(granted, named.data, group.id) : [];
  if (!member) return null;
  return (
    <Unanswered>
      <Question {...removalWords(group, member)} answer={<RemoveForm user={member.id} />} here={here} />
    </Unanswered>
  );
};
