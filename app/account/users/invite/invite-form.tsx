"use client";

import type { Route } from "next";
import { type ReactNode, useActionState, useState } from "react";
import { ButtonLink, buttonClass } from "@/components/button";
import { ChipsField } from "@/components/chips-field";
import { Form, Hidden } from "@/components/form";
import { useKept } from "@/components/kept";
import { SubmitButton } from "@/components/submit-button";
import { type FormAction, idle, typedOf } from "@/lib/form";
import type { OfferedGroup } from "@/lib/groups/offered";
import { parseAddress, splitAddresses } from "@/lib/invitations/address";
import { domainOf, meantBy } from "@/lib/invitations/typo";
import { GroupTicks } from "../group-ticks";
import { intoNoGroup } from "../no-group";
import type { InviteAnswer } from "./answer";
import { Result } from "./result";
import { buttonWords, Terms } from "./terms";

type Props = {
  action: FormAction<InviteAnswer>;
  organization: string;
  /** Names this form, so that the same form sent twice invites once. */
  formKey: string;
  /** Under which name the browser keeps what was typed across a reload: different for each person and organization. */
  keptAs: string;
  /** The groups this person may hand out; none for whoever may hand out none. */
  groups: readonly OfferedGroup[];
  /** No mail is configured: links are made instead. */
  linksOnly: boolean;
  /** The list as it was. */
  back: Route;
  /** Where a file of addresses is uploaded. */
  csv: Route;
};

/** Addresses to invite, with a few words and an expiry; when they are sent the form gives way to what became of each. */
export function InviteForm({ action, organization, formKey, keptAs, groups, linksOnly, back, csv }: Props) {
  const [state, send] = useActionState(action, idle);
  const [entries, setEntries] = useState<string[]>([]);
  const { place, kept } = useKept(keptAs, fields);
  const answer = state.status === "done" ? state.value : null;
  const key = answer?.key ?? typedOf(state, "key") ?? formKey;
  const count = new Set(entries.map(parseAddress).filter(Boolean)).size;
  const form = (
    <div ref={place}>
      <Form key={`${key} ${kept}`} state={state} action={send}>
        <Hidden name="organization" value={organization} />
        <input type="hidden" name="key" value={key} />
        {/* Script asks at each chip; without it the first press does. */}
        <input type="hidden" name="asked" value={entries.join("\n") || typedOf(state, "addresses") || ""} />
        <ChipsField
          name="addresses"
          label="Email addresses"
          hint="Separate them by commas, semicolons, spaces or new lines. “Ada Lovelace <ada@example.org>” works too. Up to 200 at a time."
          defaultValue={answer?.leftover ?? kept.get("addresses") ?? undefined}
          split={splitAddresses}
          judge={parseAddress}
          suggest={suggest}
          words={{ one: "address", many: "addresses" }}
          problem="not an email address"
          onEntries={setEntries}
        />
        {groups.length > 0 && (
          <GroupTicks
            legend="Groups (optional)"
            choices={groups}
            chosen={answer?.groups ?? kept.getAll("groups[]")}
            none={intoNoGroup}
          />
        )}
        <Terms
          message={answer?.message ?? kept.get("message") ?? undefined}
          lifetimeDays={answer?.lifetimeDays ?? kept.get("lifetimeDays") ?? undefined}
        />
        <div className="flex flex-wrap gap-3">
          <SubmitButton>{buttonWords(count, linksOnly)}</SubmitButton>
          <ButtonLink href={csv}>Upload CSV</ButtonLink>
          <ButtonLink href={back}>Cancel</ButtonLink>
        </div>
      </Form>
    </div>
  );
  if (!answer) return form;
  return <Result key={answer.key} answer={answer} organization={organization} back={back} more={<More>{form}</More>} />;
}

/** The form again. It opens without script, too; with script the person goes on where they type. */
const More = ({ children }: { children: ReactNode }) => (
  <details
    className="group/more open:basis-full"
    onToggle={({ currentTarget }) => currentTarget.open && currentTarget.querySelector("textarea")?.focus()}
  >
    <summary className={`${buttonClass("main")} list-none group-open/more:hidden`}>Invite more</summary>
    <div className="mt-3">{children}</div>
  </details>
);

const fields = ["addresses", "groups[]", "message", "lifetimeDays"];

const suggest = (entry: string) => {
  const address = parseAddress(entry);
  const meant = address && meantBy(address);
  return meant && { question: `Did you mean ${domainOf(meant)}?`, entry: meant };
};
