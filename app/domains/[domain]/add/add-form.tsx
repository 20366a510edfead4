"use client";

import { useActionState } from "react";
import { ButtonLink } from "@/components/button";
import { Form, Hidden } from "@/components/form";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import type { Picking } from "@/lib/picking";
import { Picker } from "../../../picker";
import { addToDomain } from "../../actions";

/** Schemas and tables to be ticked, searched for and put into a domain. */
export function AddForm({ organization, domain, first }: { organization: string; domain: string; first: Picking }) {
  const [state, send] = useActionState(addToDomain, idle);
  return (
    <Form state={state} action={send}>
      <Hidden name="organization" value={organization} />
      <Hidden name="domain" value={domain} />
      <Picker
        name="assets"
        legend="Schemas and tables"
        label="Schema, table, description or source"
        words={{ none: "Nothing", one: "schema or table", many: "schemas and tables" }}
        first={first}
        drawn={state.status === "done" && "found" in state.value ? state.value : null}
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton name="step" value="add">
          Add to domain
        </SubmitButton>
        <ButtonLink href={`/domains/${domain}`}>Cancel</ButtonLink>
      </div>
    </Form>
  );
}
