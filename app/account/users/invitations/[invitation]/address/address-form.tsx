"use client";

import { useRef, useState } from "react";
import { buttonClass } from "@/components/button";
import { Field } from "@/components/field";
import { ActionForm, Hidden, useField } from "@/components/form";
import { useScripted } from "@/components/scripted";
import { SubmitButton } from "@/components/submit-button";
import { parseAddress } from "@/lib/invitations/address";
import { domainOf, meantBy } from "@/lib/invitations/typo";
import { correctInviteAddress } from "./actions";

type Props = {
  organization: string;
  invitation: string;
  /** The address as it is now. */
  wrong: string;
  back: string;
};

/** The address again, to be corrected; a slip in the name of a well-known mail service is pointed out, never changed silently. */
export function AddressForm({ organization, invitation, wrong, back }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [typed, type] = useState(wrong);
  const scripted = useScripted();
  const address = parseAddress(typed);
  const meant = address && meantBy(address);
  const take = (right: string) => {
    if (field.current) field.current.value = right;
    field.current?.focus();
    type(right);
  };
  return (
    <ActionForm action={correctInviteAddress}>
      <Hidden name="organization" value={organization} />
      <input type="hidden" name="invitation" value={invitation} />
      <Asked />
      <div>
        <Field
          name="email"
          label="Right address"
          type="email"
          autoComplete="off"
          defaultValue={wrong}
          ref={field}
          onInput={({ currentTarget }) => type(currentTarget.value)}
        />
        <p role="status" className="mt-1.5 text-sm text-warning empty:hidden">
          {meant && `Did you mean ${domainOf(meant)}? `}
          {meant && scripted && (
            <button
              type="button"
              onClick={() => take(meant)}
              className="min-h-6 cursor-pointer underline underline-offset-2 pointer-coarse:min-h-11"
            >
              Change it to {meant}
            </button>
          )}
        </p>
      </div>
      <div className="flex flex-wrap gap-3">
        <SubmitButton>Invite this address instead</SubmitButton>
        <a href={back} className={buttonClass()}>
          Cancel
        </a>
      </div>
    </ActionForm>
  );
}

/** What was refused before as it is in the field now, so that pressing again means it. */
function Asked() {
  const { typed } = useField("email");
  return <input type="hidden" name="asked" value={typed ?? ""} />;
}
