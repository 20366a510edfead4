import { ButtonLink } from "@/components/button";
import { ActionForm, Hidden } from "@/components/form";
import { WidePage } from "@/components/page";
import { PageLinks } from "@/components/page-links";
import { SearchForm } from "@/components/search-form";
import { SubmitButton } from "@/components/submit-button";
import { listCandidates, readDomain } from "@/lib/domains/queries";
import { pageAddress, readPaging } from "@/lib/paging";
import { gatedPageOn } from "../../../gated-page";
import { NothingHere } from "../../../nothing-here";
import { titled } from "../../../signed-in";
import { addToDomain } from "../../actions";
import { AssetTicks } from "./asset-ticks";

type Props = {
  params: Promise<{ domain: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = titled("Add schemas and tables – Domains");

/** What could be put into a domain, to be searched and ticked. */
export default gatedPageOn(
  "domain.edit",
  "/domains/[domain]/add",
  async ({ params }: Props) => ({ domain: (await params).domain }),
  async (granted, { searchParams }) => {
    const { actor, on } = granted;
    const domain = await readDomain(actor, on.domain);
    if (!domain) return <NothingHere />;
    const paging = readPaging(await searchParams);
    const { rows, previous, next } = await listCandidates(granted, paging);
    const here = `/domains/${domain.id}/add` as const;
    return (
      <WidePage
        title={
          <>
            Add to <span dir="auto">{domain.name}</span>
          </>
        }
        lead="Schemas and tables that you can see yourself. A schema brings its tables, those added later too. Nobody sees more of a source by this."
      >
        <SearchForm action={here} label="Schema, table, description or source" q={paging.q} />
        {rows.length > 0 ? (
          <ActionForm action={addToDomain}>
            <Hidden name="organization" value={actor.organizationId} />
            <Hidden name="domain" value={domain.id} />
            <AssetTicks assets={rows} />
            {(previous || next) && (
              <p className="text-sm text-quiet">
                There are more. Add what you ticked before you search or turn the page.
              </p>
            )}
            <div className="flex flex-wrap gap-3">
              <SubmitButton>Add to domain</SubmitButton>
              <ButtonLink href={`/domains/${domain.id}`}>Cancel</ButtonLink>
            </div>
          </ActionForm>
        ) : (
          <>
            <p className="text-quiet wrap-anywhere">
              {paging.q
                ? `Nothing that isn't in the domain matches “${paging.q}”.`
                : "There is nothing to add: the domain has every schema and table that you can see."}
            </p>
            <ButtonLink href={`/domains/${domain.id}`}>Back to the domain</ButtonLink>
          </>
        )}
        <PageLinks
          previous={previous && pageAddress(here, { ...paging, page: previous })}
          next={next && pageAddress(here, { ...paging, page: next })}
        />
      </WidePage>
    );
  },
);
