"use client";

import type { Route } from "next";
import { type ReactNode, useState } from "react";
import { Badge } from "@/components/badge";
import { ButtonLink } from "@/components/button";
import { CopyText } from "@/components/copy-text";
import { DataTable } from "@/components/data-table";
import { EmailAddress } from "@/components/email-address";
import { ResultHeading } from "@/components/result-heading";
import type { InviteAnswer } from "./answer";
import { Next } from "./next";

type Props = { answer: InviteAnswer; organization: string; back: Route; more: ReactNode };

/** What became of each address, with its next press; then the way back, and the one to `more`. */
export function Result({ answer, organization, back, more }: Props) {
  const [said, say] = useState("");
  return (
    <section className="space-y-4">
      <ResultHeading>{answer.heading}</ResultHeading>
      {answer.unlisted > 0 && (
        <p>
          {answer.unlisted.toLocaleString("en")} of them went out and aren't listed here: you find each under{" "}
          <a href="/account/users?status=pending">Pending</a>.
        </p>
      )}
      {answer.rows.length > 0 && (
        <DataTable
          caption="What became of each address"
          columns={columnsFor(organization, say)}
          rows={answer.rows.map((row, position) => ({ ...row, position }))}
          keyOf={({ position }) => String(position)}
        />
      )}
      <p role="status" className="sr-only">
        {said}
      </p>
      {answer.from && (
        <p className="text-quiet">
          The mail comes from <b>{answer.from}</b>. If somebody doesn't find it, have them look in the spam folder.{" "}
          <a href="/account/users?status=pending">See what becomes of each mail</a>
        </p>
      )}
      <div className="flex flex-wrap items-start gap-3">
        <ButtonLink href={back}>Back to User Management</ButtonLink>
        {more}
      </div>
    </section>
  );
}

type Row = InviteAnswer["rows"][number];

const columnsFor = (organization: string, say: (words: string) => void) => [
  { label: "Address", names: true, cell: ({ typed }: Row) => <EmailAddress>{typed}</EmailAddress> },
  {
    label: "Outcome",
    cell: ({ typed, outcome, tone, detail, link, next }: Row) => (
      <>
        <Badge tone={tone}>{outcome}</Badge>
        {detail && <span className="block text-sm text-quiet">{detail}</span>}
        {link && <CopyText text={link} label="Copy link" about={typed} say={say} />}
        {next && <Next next={next} email={typed} organization={organization} />}
      </>
    ),
  },
];
