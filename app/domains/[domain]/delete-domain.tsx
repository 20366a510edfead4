"use client";

import { useActionState } from "react";
import { AskFirst } from "@/components/ask-first";
import { Form } from "@/components/form";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import { removeDomain } from "../actions";
import { questionOf } from "../words";

/** Asks before a domain goes. */
export const DeleteDomain = ({ organization, domain, name, loss }: Props) => (
  <AskFirst
    href={`/domains/${domain}/delete`}
    label="Delete domain"
    title={questionOf(name)}
    body={<LossOf loss={loss} />}
    answer={<DeleteForm organization={organization} domain={domain} />}
  />
);

type Props = { organization: string; domain: string; name: string; loss: readonly string[] };

/** What happens to whom. */
export const LossOf = ({ loss }: { loss: readonly string[] }) => (
  <div className="space-y-2">
    <p>What it gathers stays in its sources, with descriptions and tags. The domain itself can't be brought back.</p>
    {loss.map((words) => (
      <p key={words} className="wrap-anywhere">
        {words}
      </p>
    ))}
  </div>
);

export function DeleteForm({ organization, domain }: { organization: string; domain: string }) {
  const [state, send] = useActionState(removeDomain, idle);
  return (
    <Form state={state} action={send}>
      <input type="hidden" name="organization" value={organization} />
      <input type="hidden" name="domain" value={domain} />
      <SubmitButton tone="danger">Delete domain</SubmitButton>
    </Form>
  );
}
