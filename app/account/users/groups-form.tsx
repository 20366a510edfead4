"use client";

import { type ComponentProps, useActionState } from "react";
import { buttonClass } from "@/components/button";
import { Form, Hidden } from "@/components/form";
import { Outcome } from "@/components/outcome";
import { SubmitButton } from "@/components/submit-button";
import { chosenOf, type FormAction, idle } from "@/lib/form";
import { chosenFrom } from "@/lib/groups/chosen";
import { GroupTicks } from "./group-ticks";

type Props = ComponentProps<typeof GroupTicks> & {
  chosen: readonly string[];
  action: FormAction<string>;
  organization: string;
  /** Whose groups these are, and the field that names them. */
  of: { field: "user" | "invitation"; id: string };
  /** The page they stand on. */
  back: string;
};

/**
 * The groups of one member or invitation; what came of saving them stands above. It says what was ticked when it was drawn,
 * so that saving does what was changed since; after a refusal it is drawn from what is so by then, with the same changes.
 */
export function GroupsForm({ action, organization, of, back, chosen, ...ticks }: Props) {
  const [state, send] = useActionState(action, idle);
  const changed = () => chosenFrom(chosen, chosenOf(state, "groups") ?? [], chosenOf(state, "had") ?? []);
  const answer = state.status === "refused" ? { ...state, chosen: { groups: changed() } } : state;
  return (
    <div className="space-y-5">
      <Outcome state={state.status === "refused" ? idle : state} />
      <Form state={answer} action={send}>
        <Hidden name="organization" value={organization} />
        <input type="hidden" name={of.field} value={of.id} />
        {chosen.map((group) => (
          <input key={group} type="hidden" name="had[]" value={group} />
        ))}
        <GroupTicks chosen={chosen} {...ticks} />
        <div className="flex flex-wrap gap-3">
          <SubmitButton>Save groups</SubmitButton>
          <a href={back} className={buttonClass()}>
            {state.status === "done" ? "Back" : "Cancel"}
          </a>
        </div>
      </Form>
    </div>
  );
}
