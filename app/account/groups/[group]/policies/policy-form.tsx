"use client";

import { useActionState } from "react";
import { Form, Hidden } from "@/components/form";
import { ResultHeading } from "@/components/result-heading";
import { chosenOf, type FormState, idle, typedOf } from "@/lib/form";
import { drafted, readDraft, wordsOf, writeDraft } from "@/lib/groups/draft";
import { addToPolicies, editPolicies } from "./actions";
import { EditStep } from "./edit-step";
import { ReviewStep } from "./review-step";
import type { Editing, Reviewing, Saved } from "./view";

type Answer = Editing | Reviewing | Saved;
type Props = {
  /** Whether whoever looks changes policies, or only adds some. */
  adds: boolean;
  organization: string;
  group: string;
  about: string;
  /** The form as the page draws it. */
  first: Editing;
  /** What can be searched for, where not everything is in sight. */
  search: { label: string; hint: string | null } | null;
};

/** One part of a group's policies: boxes to tick, then what saving them would do, then saved. Without script each is a page. */
export function PolicyForm({ adds, organization, group, about, first, search }: Props) {
  const [changed, change] = useActionState(editPolicies, idle);
  const [added, add] = useActionState(addToPolicies, idle);
  // Sent when other rights held: then the refusal is of the other.
  const [own, other] = adds ? [added, changed] : [changed, added];
  const state: FormState<Answer> = other.status === "refused" ? other : own;
  const answer = state.status === "done" ? state.value : null;
  const refusedToSave = typedOf(state, "step") === "save";
  const editing = answer?.step === "edit" ? answer : sentAgain(first, state);
  return (
    <Form state={state} action={adds ? add : change} wide>
      <Hidden name="organization" value={organization} />
      <input type="hidden" name="group" value={group} />
      <input type="hidden" name="about" value={about} />
      {answer?.step === "review" || refusedToSave ? (
        <ReviewStep
          key={answer?.step === "review" ? answer.seen : ""}
          review={answer?.step === "review" ? answer : null}
          seen={typedOf(state, "seen")}
          changes={typedOf(state, "changes")}
        />
      ) : (
        <>
          {editing.back && <ResultHeading>Choose again</ResultHeading>}
          <EditStep group={group} editing={editing} search={search} />
        </>
      )}
    </Form>
  );
}

/** The form as the page draws it, with what was changed in it before it was refused. */
const sentAgain = (first: Editing, state: FormState<Answer>): Editing => {
  const [changes, offered] = [typedOf(state, "changes"), typedOf(state, "offered")];
  if (changes === undefined || offered === undefined) return first;
  const draft = drafted(readDraft(changes), wordsOf(offered), chosenOf(state, "policies") ?? []);
  const tables = first.tables.map((table) => ({
    ...table,
    rows: table.rows.map((row) => ({
      ...row,
      boxes: row.boxes.map((box) => ({ ...box, ticked: draft.get(box.word) ?? box.ticked })),
    })),
  }));
  return { ...first, tables, changes: writeDraft(draft), q: typedOf(state, "q") ?? first.q };
};
