import { ButtonLink } from "@/components/button";
import { Section, WidePage } from "@/components/page";
import { Trail } from "@/components/trail";
import { lossInWords, readLoss } from "@/lib/access/loss";
import { type Domain, listDomainAssets, readDomain } from "@/lib/domains/queries";
import { readPaging } from "@/lib/paging";
import { memberPage } from "../../gated-page";
import { NothingHere } from "../../nothing-here";
import { wordsForContents } from "../../sources/words";
import { WhoSees } from "../../who-sees";
import { domainTitle } from "../titles";
import { outcomes } from "../words";
import { Contents } from "./contents";
import { DeleteDomain } from "./delete-domain";
import { Presses } from "./presses";

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
        (domain.mayEdit || domain.mayDelete) && (
          <>
            {domain.mayEdit && (
              <ButtonLink href={`${here}/add`} tone="main">
                Add schemas and tables
              </ButtonLink>
            )}
            {domain.mayEdit && <ButtonLink href={`${here}/edit`}>Change</ButtonLink>}
            {domain.mayDelete && (
              <DeleteDomain
                organization={actor.organizationId}
                domain={domain.id}
                name={domain.name}
                loss={lossInWords(await readLoss(actor, { domain: domain.id }))}
              />
            )}
          </>
        )
      }
    >
      <Presses organization={actor.organizationId} domain={domain.id} after={outcomes.get(asked.after)}>
        <Section title="Schemas and tables" id="assets" lead={leadFor(domain)}>
          {domain.schemas + domain.tables > 0 && (
            <Contents here={here} mayEdit={domain.mayEdit} paging={paging} page={page} />
          )}
        </Section>
      </Presses>
      <WhoSees
        actor={actor}
        on={{ domain: domain.id }}
        lead="Whoever sees the domain. What each of them sees in it hangs on what they see of its sources."
        here={here}
        asked={asked}
      />
      <Trail steps={[{ href: "/domains", words: "All domains" }]} />
    </WidePage>
  );
});

// What doesn't show to this person is not spoken of: there may be none.
const leadFor = ({ schemas, tables, mayEdit }: Domain): string => {
  if (schemas + tables > 0) return `You can see ${wordsForContents({ schemas, tables })} of it.`;
  return mayEdit
    ? "You can see no schema or table in this domain. Add what belongs here, as far as you can see it in a source."
    : "You can see no schema or table in this domain. What is in it shows to whom policies let see it in its source.";
};
