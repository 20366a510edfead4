import { Facts } from "@/components/facts";
import { Section, WidePage } from "@/components/page";
import { Trail } from "@/components/trail";
import { type CastName, castNames, casts } from "@/lib/outbox/casts";
import { kinds, type SampleMail, writeSamples } from "@/lib/outbox/samples";
import { NothingHere } from "../../../../nothing-here";
import { closedDoor, mailboxHref, mailboxTitle, one, type Query } from "../../door";
import { HtmlPart, PlainPart } from "../../parts";

export const generateMetadata = () => mailboxTitle("A sample – Mailbox");

type Props = { params: Promise<{ kind: string }>; searchParams: Promise<Query> };

export default async function SamplePage({ params, searchParams }: Props) {
  const query = await searchParams;
  const closed = closedDoor(query);
  if (closed) return closed;
  const asked = (await params).kind;
  const kind = kinds.find((known) => known === asked);
  if (!kind) return <NothingHere />;
  const names = castNames.find((name) => name === one(query, "names")) ?? "usual";
  const mails = await writeSamples(kind, casts[names]);
  const trail = [
    { href: mailboxHref(query, ""), words: "Mailbox" },
    { href: mailboxHref(query, "/samples"), words: "Samples" },
  ];
  return (
    <WidePage title={<bdi className="wrap-anywhere">{mails[0]?.message.subject}</bdi>} lead={<Trail steps={trail} />}>
      <Names now={names} query={query} path={`/samples/${kind}`} />
      {mails.map((mail, at) => (
        <Sample key={mail.title} id={`sample-${at + 1}`} mail={mail} />
      ))}
    </WidePage>
  );
}

const Names = ({ now, query, path }: { now: CastName; query: Query; path: string }) => (
  <nav aria-label="Names in it">
    <ul className="flex flex-wrap gap-x-6 gap-y-2">
      {castNames.map((names) => (
        <li key={names}>
          <a
            href={mailboxHref(query, path, { names })}
            aria-current={names === now ? "page" : undefined}
            className="inline-flex min-h-6 items-center text-accent underline underline-offset-3 aria-[current]:font-medium aria-[current]:text-ink aria-[current]:no-underline pointer-coarse:min-h-11"
          >
            {casts[names].title}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const Sample = ({ id, mail: { title, to, message } }: { id: string; mail: SampleMail }) => (
  <Section id={id} title={title}>
    <Facts
      facts={[
        ["Subject", <bdi key="subject">{message.subject}</bdi>],
        ["From", <bdi key="from">{message.from}</bdi>],
        ["Reply to", message.replyTo ?? "the sender"],
        ["To", to],
      ]}
    />
    <div className="grid grid-cols-1 gap-8 border-t border-line pt-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,600px)]">
      <PlainPart text={message.text} />
      <HtmlPart title={`${title}, as HTML`} html={message.html} />
    </div>
  </Section>
);
