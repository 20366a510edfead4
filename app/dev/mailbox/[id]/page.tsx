import { Section, WidePage } from "@/components/page";
import { Time } from "@/components/time";
import { readKept } from "@/lib/outbox/mailbox";
import { NothingHere } from "../../../nothing-here";
import { closedDoor, mailboxHref, mailboxTitle, type Query } from "../door";

export const generateMetadata = () => mailboxTitle("A mail – Mailbox");

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export default async function MailPage({ params, searchParams }: Props) {
  const query = await searchParams;
  const closed = closedDoor(query);
  if (closed) return closed;
  const mail = await readKept((await params).id);
  if (!mail) return <NothingHere />;
  const facts = [
    ["From", mail.from],
    ["Reply to", mail.replyTo ?? "the sender"],
    ["To", mail.to],
    ["Status", mail.status],
  ] as const;
  return (
    <WidePage title={<span dir="auto">{mail.subject}</span>} lead={<a href={mailboxHref(query, "")}>All mail</a>}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1">
        {facts.map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-quiet">{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
        <dt className="text-quiet">Written</dt>
        <dd>
          <Time at={mail.createdAt} />
        </dd>
      </dl>
      {mail.links.length > 0 && (
        <Section id="links" title="Links in it">
          <ul className="space-y-2 break-all">
            {mail.links.map((link) => (
              <li key={link}>
                <a href={link} className="text-accent underline underline-offset-3">
                  {link}
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-2">
        <Section id="text" title="As plain text">
          <pre className="font-sans wrap-anywhere whitespace-pre-wrap">{mail.text}</pre>
        </Section>
        <Section id="html" title="As HTML">
          {/* Without our origin; links open in a tab of their own. Script stays off by this page's policy, which the frame
              inherits: were it off by the sandbox too, accessibility checkers would wait for the frame without end. */}
          <iframe
            title="The mail as HTML"
            srcDoc={mail.html}
            sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"
            className="h-160 w-full border border-line bg-white"
          />
        </Section>
      </div>
    </WidePage>
  );
}
