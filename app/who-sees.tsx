import { Badge } from "@/components/badge";
import { DataTable } from "@/components/data-table";
import { EmailAddress } from "@/components/email-address";
import { Section } from "@/components/page";
import { PageLinks } from "@/components/page-links";
import type { Actor } from "@/lib/access/actor";
import { type Giver, givesInWords, mayAskWho, readSeers, type Seer } from "@/lib/access/who";
import { type Paging, pageAddress, readPaging } from "@/lib/paging";

/** Who sees a source or domain, and through which group: a part of its page, for those who may know. */
export const WhoSees = async ({ actor, on, lead, here, asked }: Props) => {
  const granted = mayAskWho(actor);
  if (!granted) return null;
  const { rows, previous, next } = await readSeers(granted, on, readPaging(asked, ofPeople));
  const to = (page: Paging["page"]) => page && `${pageAddress(here, { page }, ofPeople)}#who`;
  return (
    <Section title="Who can see this" id="who" lead={lead}>
      <DataTable
        caption="Who can see this"
        columns={[person(actor), { label: "Through", cell: through(actor) }]}
        rows={rows}
        keyOf={({ id }) => id}
      />
      <PageLinks previous={to(previous)} next={to(next)} />
    </Section>
  );
};

type Props = {
  actor: Actor;
  on: Parameters<typeof readSeers>[1];
  lead: string;
  here: string;
  /** The parameters of the page's address. */
  asked: Parameters<typeof readPaging>[0];
};

// The page may have another list, with pages of its own.
const ofPeople = "_person";

const person = (actor: Actor) => ({
  label: "Person",
  names: true,
  cell: ({ id, name, email }: Seer) => (
    <>
      <span className="inline-flex flex-wrap items-center gap-x-2">
        {actor.rights.has("access.read") ? (
          <a href={`/account/users/${id}`} dir="auto">
            {name}
          </a>
        ) : (
          <bdi>{name}</bdi>
        )}
        {id === actor.userId && <Badge tone="accent">You</Badge>}
      </span>
      <span className="block text-sm text-quiet">
        <EmailAddress>{email}</EmailAddress>
      </span>
    </>
  ),
});

const through =
  (actor: Actor) =>
  ({ through }: Seer) => (
    <ul className="space-y-1">
      {through.map((giver) => (
        <li key={giver.id} className="wrap-anywhere">
          {actor.rights.has("groups.read") ? (
            <a href={`/account/groups/${giver.id}`} dir="auto">
              {giver.name}
            </a>
          ) : (
            <bdi>{giver.name}</bdi>
          )}
          : <bdi>{wordsFor(giver)}</bdi>
        </li>
      ))}
    </ul>
  );

const wordsFor = ({ owners, gives }: Giver): string => (owners ? "everything" : gives.map(givesInWords).join("; "));
