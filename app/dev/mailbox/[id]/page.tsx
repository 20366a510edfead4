import { Facts } from "@/components/facts";
import { Section, WidePage } from "@/components/page";
import { Time } from "@/components/time";
import { readKept } from "@/lib/outbox/mailbox";
import { NothingHere } from "../../../nothing-here";
import { closedDoor, mailboxHref, mailboxTitle, type Query } from "../door";
import { HtmlPart, PlainPart } from "../parts";

export const generateMetadata = () => mailboxTitle("A mail – Mailbox");

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export default async function MailPage({ params, searchParams }: Props) {
  const query = await searchParams;
  const closed = closedDoor(query);
  if (closed) return closed;
  const mail = await readKept((await params).id);
  if (!mail) return <NothingHere />;
  const facts = [
    ["From", <bdi key="from">{mail.from}</bdi>],
    ["Reply to", mail.replyTo ?? "the sender"],
    ["To", mail.to],
    ["Status", mail.status],
    ["Written", <Time key="written" at={mail.createdAt} />],
  ] as const;
  return (
    <WidePage title={<span dir="auto">{mail.subject}</span>} lead={<a href={mailboxHref(query, "")}>All mail</a>}>
      <Facts facts={facts} />
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
          <PlainPart text={mail.text} />
        </Section>
        <Section id="html" title="As HTML">
          <HtmlPart title="The mail as HTML" html={mail.html} />
        </Section>
      </div>
    </WidePage>
  );
}
