"use client";

import { type ComponentProps, useActionState } from "react";
import { buttonClass } from "@/components/button";
import { Form, Hidden } from "@/components/form";
import { Outcome } from "@/components/outcome";
import { SubmitButton } from "@/components/submit-button";
import { chosenOf, type FormAction, idle } from "@/lib/form";
import { GroupTicks } from "./group-ticks";

type Props = ComponentProps<typeof GroupTicks> & {
  action: FormAction<string>;
  organization: string;
  /** Whose groups these are, and the field that names them. */
  of: { field: "user" | "invitation"; id: string };
  /** The page they stand on. */
  back: string;
};

/** The groups of one member or invitation; what came of saving them stands above. */
export function GroupsForm({ action, organization, of, back, ...ticks }: Props) {
  const [state, send] = useActionState(action, idle);
  return (
    <div className="space-y-5">
      <Outcome state={state.status === "refused" ? idle : state} />
      <Form state={state} action={send}>
        <Hidden name="organization" value={organization} />
        <input type="hidden" name={of.field} value={of.id} />
        {/* What was ticked when this form was drawn, also once it was refused: saving does what was changed since. */}
        {(chosenOf(state, "had") ?? ticks.chosen ?? []).map((group) => (
          <input key={group} type="hidden" name="had[]" value={group} />
        ))}
        <GroupTicks {...ticks} />
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
