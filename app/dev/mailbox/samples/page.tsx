import { DataTable } from "@/components/data-table";
import { WidePage } from "@/components/page";
import { Trail } from "@/components/trail";
import { casts } from "@/lib/outbox/casts";
import { kinds, writeSamples } from "@/lib/outbox/samples";
import { closedDoor, mailboxHref, mailboxTitle, type Query } from "../door";

export const generateMetadata = () => mailboxTitle("Samples – Mailbox");

export default async function SamplesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const closed = closedDoor(query);
  if (closed) return closed;
  const rows = await Promise.all(kinds.map(async (kind) => ({ kind, mails: await writeSamples(kind, casts.usual) })));
  return (
    <WidePage
      title="Samples"
      lead={
        <>
          <Trail steps={[{ href: mailboxHref(query, ""), words: "Mailbox" }]} />
          Every mail that Gatehouse sends, with made-up people. None of these was sent, and their links lead to nothing.
        </>
      }
    >
      <DataTable
        caption="Mails by what they are about"
        rows={rows}
        keyOf={({ kind }) => kind}
        columns={[
          {
            label: "Subject",
            names: true,
            cell: ({ kind, mails: [first] }) => (
              <a href={mailboxHref(query, `/samples/${kind}`)} className="text-accent underline underline-offset-3">
                {first?.message.subject}
              </a>
            ),
          },
          { label: "Kind", cell: ({ kind }) => kind },
          { label: "Cases", cell: ({ mails }) => mails.map(({ title }) => title).join(" · ") },
        ]}
      />
    </WidePage>
  );
}
