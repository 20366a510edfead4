"use client";

import { useActionState } from "react";
import { AskFirst } from "@/components/ask-first";
import { Form } from "@/components/form";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import { removeSource } from "../actions";
import { questionFor } from "../words";

/** Asks before a source goes. */
export const DeleteSource = ({ organization, source, name, loss }: Props) => (
  <AskFirst
    href={`/sources/${source}/delete`}
    label="Delete source"
    title={questionFor(name)}
    body={<Loss loss={loss} />}
    answer={<DeleteForm organization={organization} source={source} />}
  />
);

type Props = { organization: string; source: string; name: string; loss: readonly string[] };

/** What happens to whom. */
export const Loss = ({ loss }: { loss: readonly string[] }) => (
  <div className="space-y-2">
    <p>
      Its schemas and tables go from here, with their descriptions and tags. The database itself is not touched. This
      can't be undone.
    </p>
    {loss.map((words) => (
      <p key={words} className="wrap-anywhere">
        {words}
      </p>
    ))}
  </div>
);

export function DeleteForm({ organization, source }: { organization: string; source: string }) {
  const [state, send] = useActionState(removeSource, idle);
  return (
    <Form state={state} action={send}>
      <input type="hidden" name="organization" value={organization} />
      <input type="hidden" name="source" value={source} />
      <SubmitButton tone="danger">Delete source</SubmitButton>
    </Form>
  );
}
