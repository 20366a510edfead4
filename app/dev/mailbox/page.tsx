import { DataTable } from "@/components/data-table";
import { EmailAddress } from "@/components/email-address";
import { EmptyState } from "@/components/empty-state";
import { Field } from "@/components/field";
import { WidePage } from "@/components/page";
import { SubmitButton } from "@/components/submit-button";
import { Time } from "@/components/time";
import { type KeptMail, readMailbox } from "@/lib/outbox/mailbox";
import { closedDoor, mailboxHref, mailboxTitle, one, type Query } from "./door";

export const generateMetadata = () => mailboxTitle("Mailbox");

const most = 50;

export default async function MailboxPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const closed = closedDoor(query);
  if (closed) return closed;
  const [to, key] = [one(query, "to"), one(query, "key")];
  const mails = await readMailbox({ to, before: one(query, "before") }, most);
  const last = mails.length === most ? mails.at(-1) : undefined;
  return (
    <WidePage
      title="Mailbox"
      lead={
        <>
          Mail that would have left this machine, newest first. Reload to see what is new. What every mail looks like:{" "}
          <a href={mailboxHref(query, "/samples")}>samples</a>.
        </>
      }
    >
      <form className="flex flex-wrap items-end gap-3">
        {key && <input type="hidden" name="key" value={key} />}
        <Field name="to" label="To" type="search" defaultValue={to} required={false} autoComplete="off" />
        <SubmitButton tone="plain">Show</SubmitButton>
      </form>
      {mails.length > 0 ? <Mails mails={mails} query={query} /> : <NoMail to={to} query={query} />}
      {last && <a href={mailboxHref(query, "", { ...(to ? { to } : {}), before: last.id })}>Older mail</a>}
    </WidePage>
  );
}

const Mails = ({ mails, query }: { mails: readonly KeptMail[]; query: Query }) => (
  <DataTable
    caption="Mails, newest first"
    rows={mails}
    keyOf={(mail) => mail.id}
    columns={[
      {
        label: "Subject",
        names: true,
        cell: (mail) => (
          <a href={mailboxHref(query, `/${mail.id}`)} dir="auto" className="text-accent underline underline-offset-3">
            {mail.subject}
          </a>
        ),
      },
      { label: "To", cell: (mail) => <EmailAddress>{mail.to}</EmailAddress> },
      { label: "Status", cell: (mail) => <span className="capitalize">{mail.status}</span> },
      { label: "Written", cell: (mail) => <Time at={mail.createdAt} /> },
    ]}
  />
);

const NoMail = ({ to, query }: { to: string | undefined; query: Query }) =>
  to ? (
    <EmptyState title={`No mail to ${to}`}>
      <p>
        <a href={mailboxHref(query, "")}>Show all mail</a>
      </p>
    </EmptyState>
  ) : (
    <EmptyState title="No mail yet.">
      <p>
        When somebody is invited, or asks for a code or a new password, the mail comes here instead of leaving this
        machine.
      </p>
    </EmptyState>
  );
