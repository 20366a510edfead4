"use client";

import { useActionState } from "react";
import { ButtonLink } from "@/components/button";
import { Notice } from "@/components/notice";
import { SubmitButton } from "@/components/submit-button";
import { type FormState, idle } from "@/lib/form";
import { disableSource, enableSource, refreshSource } from "../actions";
import { DeleteSource } from "./delete-source";

/** What can be done to a source, and what came of it, as text that stays. */
export function Presses({ organization, source, name, enabled, mayEdit, loss }: Props) {
  const [refreshed, refresh, refreshing] = useActionState(refreshSource, idle);
  const [disabled, disable, disabling] = useActionState(disableSource, idle);
  const [enabledAgain, enable, enabling] = useActionState(enableSource, idle);
  const hidden = (
    <>
      <input type="hidden" name="organization" value={organization} />
      <input type="hidden" name="source" value={source} />
    </>
  );
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap gap-3">
        {mayEdit && (
          <>
            <form action={refresh}>
              {hidden}
              <SubmitButton tone="plain">Refresh</SubmitButton>
            </form>
            <ButtonLink href={`/sources/${source}/edit`}>Change</ButtonLink>
            <form action={enabled ? disable : enable}>
              {hidden}
              <SubmitButton tone="plain">{enabled ? "Disable" : "Enable"}</SubmitButton>
            </form>
          </>
        )}
        {loss && <DeleteSource organization={organization} source={source} name={name} loss={loss} />}
      </div>
      <div role="status" className="space-y-3 empty:hidden">
        <Said state={refreshed} pending={refreshing} />
        {/* Of these two only the one that led to how it stands now. */}
        <Said state={enabled ? enabledAgain : disabled} pending={disabling || enabling} />
      </div>
    </div>
  );
}

type Props = {
  organization: string;
  source: string;
  name: string;
  enabled: boolean;
  mayEdit: boolean;
  /** What goes with it when it is deleted; null for whoever may not. */
  loss: readonly string[] | null;
};

function Said({ state, pending }: { state: FormState<string>; pending: boolean }) {
  if (state.status === "idle" || pending) return null;
  return state.status === "done" ? (
    <Notice tone="success">{state.value}</Notice>
  ) : (
    <Notice tone="danger">{state.message}</Notice>
  );
}
