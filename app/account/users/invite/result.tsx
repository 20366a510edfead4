"use client";

import { Badge } from "@/components/badge";
import { ButtonLink } from "@/components/button";
import { DataTable } from "@/components/data-table";
import { ResultHeading } from "@/components/result-heading";
import type { InviteAnswer } from "./answer";
import { Next } from "./next";

/** What became of each address, with its next press. */
export function Result({ answer, organization }: { answer: InviteAnswer; organization: string }) {
  return (
    <section className="space-y-4">
      <ResultHeading>{answer.heading}</ResultHeading>
      <DataTable
        caption="What became of each address"
        columns={columnsFor(organization)}
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
        <ButtonLink href={answer.leftover ? "#more" : "/account/users/invite"}>Invite more</ButtonLink>
      </div>
    </section>
  );
}

type Row = InviteAnswer["rows"][number];

const columnsFor = (organization: string) => [
  { label: "Address", names: true, cell: ({ typed }: Row) => <span className="break-all">{typed}</span> },
  {
    label: "Outcome",
    cell: ({ typed, outcome, tone, detail, link, next }: Row) => (
      <>
        <Badge tone={tone}>{outcome}</Badge>
        {detail && <span className="block text-sm text-quiet">{detail}</span>}
        {link && <code className="mt-1 block text-sm break-all select-all">{link}</code>}
        {next && <Next next={next} email={typed} organization={organization} />}
      </>
    ),
  },
];
