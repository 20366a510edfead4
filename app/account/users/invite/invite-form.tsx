"use client";

import { type ReactNode, useActionState, useState } from "react";
import { ChipsField } from "@/components/chips-field";
import { TextArea } from "@/components/field";
import { Form, Hidden } from "@/components/form";
import { Radios } from "@/components/radios";
import { SubmitButton } from "@/components/submit-button";
import { type FormAction, idle, typedOf } from "@/lib/form";
import { parseAddress, splitAddresses } from "@/lib/invitations/address";
import type { InviteAnswer } from "./answer";
import { Result } from "./result";

type Props = {
  action: FormAction<InviteAnswer>;
  organization: string;
  /** Names this form, so that the same form sent twice invites once. */
  formKey: string;
  /** No mail is configured: links are made instead. */
  linksOnly: boolean;
  children: ReactNode;
};

/** Addresses to invite, with a few words and an expiry; then what became of each, with the ones to mend back in the form. */
export function InviteForm({ action, organization, formKey, linksOnly, children }: Props) {
  const [state, send] = useActionState(action, idle);
  const [entries, setEntries] = useState<string[]>([]);
  const answer = state.status === "done" ? state.value : null;
  const key = answer?.key ?? typedOf(state, "key") ?? formKey;
  const count = new Set(entries.map(parseAddress).filter(Boolean)).size;
  return (
    <>
      {answer && <Result key={`result ${answer.key}`} answer={answer} organization={organization} />}
      {(!answer || answer.leftover) && (
        <div id="more" className="scroll-mt-4">
          <Form key={key} state={state} action={send}>
            <Hidden name="organization" value={organization} />
            <input type="hidden" name="key" value={key} />
            <ChipsField
              name="addresses"
              label="Email addresses"
              hint="Separate them by commas, semicolons, spaces or new lines. “Ada Lovelace <ada@example.org>” works too. Up to 200 at a time."
              defaultValue={answer?.leftover}
              split={splitAddresses}
              judge={parseAddress}
              words={{ one: "address", many: "addresses" }}
              problem="not an email address"
              onEntries={setEntries}
            />
            <TextArea
              name="message"
              label="Personal message (optional)"
              hint="Stands in the mail as plain text, up to 500 characters."
              defaultValue={answer?.message}
              required={false}
              maxLength={500}
              rows={3}
              dir="auto"
            />
            <Radios
              name="lifetimeDays"
              legend="Link expires in"
              options={lifetimes}
              defaultValue={answer?.lifetimeDays ?? "7"}
            />
            <div className="flex flex-wrap gap-3">
              <SubmitButton>{buttonWords(count, linksOnly)}</SubmitButton>
              {children}
            </div>
          </Form>
        </div>
      )}
    </>
  );
}

const lifetimes = ["1", "3", "7", "14", "30"].map((value) => ({
  value,
  label: value === "1" ? "1 day" : `${value} days`,
}));

/** `Send 3 invites`; without a number as long as script hasn't counted any. */
const buttonWords = (count: number, linksOnly: boolean): string => {
  const number = count === 0 ? "" : `${count} `;
  const one = count === 1;
  return linksOnly ? `Create ${number}invite ${one ? "link" : "links"}` : `Send ${number}${one ? "invite" : "invites"}`;
};
