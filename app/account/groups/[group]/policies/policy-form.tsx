"use client";

import { useActionState } from "react";
import { Form, Hidden } from "@/components/form";
import { ResultHeading } from "@/components/result-heading";
import { chosenOf, idle, typedOf } from "@/lib/form";
import { editPolicies } from "./actions";
import { EditStep } from "./edit-step";
import { ReviewStep } from "./review-step";
import type { Editing } from "./view";

type Props = {
  organization: string;
  group: string;
  about: string;
  /** The form as the page draws it. */
  first: Editing;
  /** What can be searched for, where not everything is in sight. */
  search: { label: string; hint: string | null } | null;
};

/** One part of a group's policies: boxes to tick, then what saving them would do, then saved. Without script each is a page. */
export function PolicyForm({ organization, group, about, first, search }: Props) {
  const [state, send] = useActionState(editPolicies, idle);
  const answer = state.status === "done" ? state.value : null;
  const sent = chosenOf(state, "policies");
  const refusedToSave = typedOf(state, "step") === "save";
  const editing = answer?.step === "edit" ? answer : first;
  return (
    <Form state={state} action={send} wide>
      <Hidden name="organization" value={organization} />
      <input type="hidden" name="group" value={group} />
      <input type="hidden" name="about" value={about} />
      {answer?.step === "review" || refusedToSave ? (
        <ReviewStep review={answer?.step === "review" ? answer : null} seen={typedOf(state, "seen")} ticked={sent} />
      ) : (
        <>
          {editing.back && <ResultHeading>Choose again</ResultHeading>}
          <EditStep editing={editing} ticked={sent ?? editing.ticked} search={search} />
        </>
      )}
    </Form>
  );
}
