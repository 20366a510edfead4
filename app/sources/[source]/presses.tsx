"use client";

import { useActionState, useEffect } from "react";
import { AskFirst } from "@/components/ask-first";
import { ButtonLink } from "@/components/button";
import { toFirst } from "@/components/focus";
import { useLatest } from "@/components/latest";
import { Outcome } from "@/components/outcome";
import { Question } from "@/components/question";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import { disableSource, enableSource, refreshSource } from "../actions";
import { questionOfDisabling, wordsForHiding } from "../words";
import { DeleteSource } from "./delete-source";

/** What can be done to a source, and what came of the last press. `after` is what the page was opened with. */
export function Presses({ organization, source, name, enabled, mayEdit, loss, hides, asked, after }: Props) {
  const [refreshed, refresh, refreshing] = useActionState(refreshSource, idle);
  const [disabled, disable, isDisabling] = useActionState(disableSource, idle);
  const [enabledAgain, enable, enabling] = useActionState(enableSource, idle);
  const latest = useLatest([refreshed, disabled, enabledAgain]);
  // The press that asked is another one by then, and its dialog has nowhere to give focus back to.
  useEffect(() => {
    if (disabled.status === "done") toFirst(["h1"]);
  }, [disabled]);
  // Gone while an answer is awaited, so that the same words are read out again.
  const waiting = refreshing || isDisabling || enabling;
  const hidden = (
    <>
      <input type="hidden" name="organization" value={organization} />
      <input type="hidden" name="source" value={source} />
    </>
  );
  const disabling = (
    <form action={disable}>
      {hidden}
      <SubmitButton tone="danger">Disable source</SubmitButton>
    </form>
  );
  return (
    <div className="space-y-6">
      <div className="flex flex-wrap gap-3 empty:hidden">
        {mayEdit && (
          <>
            <form action={refresh}>
              {hidden}
              <SubmitButton tone="plain">Refresh</SubmitButton>
            </form>
            <ButtonLink href={`/sources/${source}/edit`}>Change</ButtonLink>
            {enabled ? (
              <AskFirst
                href={`/sources/${source}?ask=disable`}
                label="Disable"
                title={questionOfDisabling(name)}
                body={wordsForHiding(hides)}
                answer={disabling}
                said={disabled}
              />
            ) : (
              <form action={enable}>
                {hidden}
                <SubmitButton tone="plain">Enable</SubmitButton>
              </form>
            )}
          </>
        )}
        {loss && <DeleteSource organization={organization} source={source} name={name} loss={loss} />}
      </div>
      <Outcome state={waiting ? idle : latest} after={latest.status === "idle" && after} />
      {asked && latest.status !== "done" && (
        <Question
          title={questionOfDisabling(name)}
          body={wordsForHiding(hides)}
          answer={disabling}
          here={`/sources/${source}`}
        />
      )}
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
  /** From how many people it takes what is in it when it is disabled. */
  hides: number;
  /** Whether the address asks about that, for those without script. */
  asked: boolean;
  after: string | undefined;
};
