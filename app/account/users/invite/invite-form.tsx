"use client";

import { type ReactNode, useActionState } from "react";
import { Badge } from "@/components/badge";
import { ButtonLink } from "@/components/button";
import { DataTable } from "@/components/data-table";
import { TextArea } from "@/components/field";
import { Form } from "@/components/form";
import { ResultHeading } from "@/components/result-heading";
import { SubmitButton } from "@/components/submit-button";
import { type FormAction, idle, typedOf } from "@/lib/form";
import type { InviteAnswer } from "./answer";

type Props = {
  action: FormAction<InviteAnswer>;
  organization: string;
  /** Names this form, so that the same form sent twice invites once. */
  formKey: string;
  button: string;
  children: ReactNode;
};

/** Addresses to invite; then what became of each, with the ones to mend back in the form. */
export function InviteForm({ action, organization, formKey, button, children }: Props) {
  const [state, send] = useActionState(action, idle);
  const answer = state.status === "done" ? state.value : null;
  const key = answer?.key ?? typedOf(state, "key") ?? formKey;
  return (
    <>
      {answer && <Answer key={`answer ${answer.key}`} answer={answer} />}
      {(!answer || answer.leftover) && (
        <Form key={key} state={state} action={send}>
          <input type="hidden" name="organization" value={organization} />
          <input type="hidden" name="key" value={key} />
          <TextArea
            name="addresses"
            label="Email addresses"
            hint="Separate them by commas, semicolons, spaces or new lines. “Ada Lovelace <ada@example.org>” works too. Up to 200 at a time."
            defaultValue={answer?.leftover}
            rows={6}
            dir="ltr"
            spellCheck={false}
            autoCapitalize="none"
            autoComplete="off"
          />
          <div className="flex flex-wrap gap-3">
            <SubmitButton>{button}</SubmitButton>
            {children}
          </div>
        </Form>
      )}
    </>
  );
}

const Answer = ({ answer }: { answer: InviteAnswer }) => (
  <section role="status" className="space-y-4">
    <ResultHeading>{answer.heading}</ResultHeading>
    <DataTable
      caption="What became of each address"
      columns={columns}
      rows={answer.rows.map((row, position) => ({ ...row, position }))}
      keyOf={({ position }) => String(position)}
    />
    {answer.from && (
      <p className="text-quiet">
        The mail comes from <b>{answer.from}</b>. If somebody doesn't find it, have them look in the spam folder.
      </p>
    )}
    <div className="flex flex-wrap gap-3">
      <ButtonLink href="/account/users" tone={answer.leftover ? "plain" : "main"}>
        Back to User Management
      </ButtonLink>
      {!answer.leftover && <ButtonLink href="/account/users/invite">Invite more</ButtonLink>}
    </div>
  </section>
);

type Row = InviteAnswer["rows"][number];

const columns = [
  { label: "Address", names: true, cell: ({ typed }: Row) => <span className="break-all">{typed}</span> },
  {
    label: "Outcome",
    cell: ({ outcome, tone, detail, link }: Row) => (
      <>
        <Badge tone={tone}>{outcome}</Badge>
        {detail && <span className="block text-sm text-quiet">{detail}</span>}
        {link && <code className="mt-1 block text-sm break-all select-all">{link}</code>}
      </>
    ),
  },
];
