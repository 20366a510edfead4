import { Section, WidePage } from "@/components/page";
import { Question } from "@/components/question";
import { Trail } from "@/components/trail";
import { listDomainAssets, readDomain } from "@/lib/domains/queries";
import { pageAddress, readPaging } from "@/lib/paging";
import { hasNoSource } from "@/lib/sources/queries";
import { memberPage } from "../../gated-page";
import { NothingHere } from "../../nothing-here";
import { WhoSees } from "../../who-sees";
import { domainTitle } from "../titles";
import { leadFor, outcomes } from "../words";
import { Changes } from "./changes";
import { Contents, removalWords } from "./contents";
import { Presses, RemoveForm } from "./presses";

type Props = {
  params: Promise<{ domain: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = domainTitle;

/** One domain: what of it this member may see, and what they may do to it. */
export default memberPage("/domains/[domain]", async (actor, { params, searchParams }: Props) => {
  const domain = await readDomain(actor, (await params).domain);
  if (!domain) return <NothingHere />;
  const asked = await searchParams;
  const paging = readPaging(asked);
  const page = await listDomainAssets(actor, domain.id, paging);
  const here = `/domains/${domain.id}` as const;
  const empty = domain.schemas + domain.tables === 0;
  const sourceless = domain.mayEdit && empty && (await hasNoSource(actor));
  const goes = domain.mayEdit && page.rows.find(({ id, itself }) => itself && id === asked.ask);
  return (
    <WidePage
      title={
        <span dir="auto" className="wrap-anywhere">
          {domain.name}
        </span>
      }
      lead={
        domain.description && (
          <p dir="auto" className="whitespace-pre-line">
            {domain.description}
          </p>
        )
      }
      actions={
        (domain.mayEdit || domain.mayDelete) && <Changes actor={actor} domain={domain} sourceless={sourceless} />
      }
    >
      <Presses organization={actor.organizationId} domain={domain.id} after={outcomes.get(asked.after)}>
        {goes && (
          <Question
            {...removalWords(goes, domain)}
            answer={<RemoveForm asset={goes.id} />}
            here={pageAddress(here, paging)}
          />
        )}
        <Section title="Schemas and tables" id="assets" lead={leadFor(domain, sourceless)}>
          {!empty && <Contents here={here} domain={domain} paging={paging} page={page} />}
        </Section>
      </Presses>
      <WhoSees
        actor={actor}
        on={{ domain: domain.id }}
        lead="Whoever sees the domain. What each of them sees in it depends on what they see of its sources."
        here={here}
        asked={asked}
      />
      <Trail steps={[{ href: "/domains", words: "All domains" }]} />
    </WidePage>
  );
});
