"use client";

import type { Route } from "next";
import { useActionState } from "react";
import { ButtonLink } from "@/components/button";
import { FileField } from "@/components/file-field";
import { Form, Hidden } from "@/components/form";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import { Result } from "../result";
import { buttonWords, Terms } from "../terms";
import { inviteCsv, previewCsv } from "./actions";
import { PreviewTable } from "./preview-table";

type Props = { organization: string; linksOnly: boolean; back: Route; form: Route; here: Route };

/** A file of people to invite; then what would become of each; and when they are sent, what did. */
export function CsvForm({ organization, linksOnly, back, form, here }: Props) {
  const [looked, look] = useActionState(previewCsv, idle);
  const [sent, send] = useActionState(inviteCsv, idle);
  const preview = looked.status === "done" ? looked.value : null;
  if (sent.status === "done") {
    return (
      <Result
        answer={sent.value}
        organization={organization}
        back={back}
        more={<ButtonLink href={here}>Invite more</ButtonLink>}
      />
    );
  }
  // Without script a refused sending knows its own form alone: the rows are in it, and the table is gone.
  if (!preview && sent.status === "idle") {
    return (
      <Form state={looked} action={look}>
        <Hidden name="organization" value={organization} />
        <FileField
          name="file"
          label="CSV file"
          hint="Up to 10,000 people and 1 MB. The first row names the columns: email, and if you like name and groups, with | between groups."
          accept=".csv,text/csv"
        />
        <div className="flex flex-wrap gap-3">
          <SubmitButton>Check the file</SubmitButton>
          <ButtonLink href={form}>Cancel</ButtonLink>
        </div>
      </Form>
    );
  }
  return (
    <div className="space-y-6">
      {preview && <PreviewTable key={preview.key} preview={preview} />}
      {preview?.count === 0 ? (
        <ButtonLink href={here} tone="main">
          Choose another file
        </ButtonLink>
      ) : (
        <Form state={sent} action={send}>
          <Hidden name="organization" value={organization} />
          <Hidden name="key" value={preview?.key ?? ""} />
          <Hidden name="csv" value={preview?.csv ?? ""} />
          <Terms />
          <div className="flex flex-wrap gap-3">
            <SubmitButton>{buttonWords(preview?.count ?? 0, linksOnly)}</SubmitButton>
            <ButtonLink href={here}>Choose another file</ButtonLink>
            <ButtonLink href={form}>Cancel</ButtonLink>
          </div>
        </Form>
      )}
    </div>
  );
}
