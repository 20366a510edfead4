import { ActionForm, Drawn, Hidden } from "@/components/form";
import { Section, WidePage } from "@/components/page";
import { SubmitButton } from "@/components/submit-button";
import { Trail } from "@/components/trail";
import { drawnWith } from "@/lib/meanwhile";
import { readPaging } from "@/lib/paging";
import { listAssets, readAsset } from "@/lib/sources/queries";
import { memberPage } from "../../../gated-page";
import { NothingHere } from "../../../nothing-here";
import { saveAsset } from "../../actions";
import { AssetList, Missing } from "../../asset-list";
import { DetailsFields } from "../../details-fields";
import { Heading } from "../../heading";
import { Tags } from "../../tags";
import { sourceTitle } from "../../titles";
import { outcomes } from "../../words";
import { Columns, Lead } from "./parts";

type Props = {
  params: Promise<{ source: string; asset: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = sourceTitle;

/** A schema with its tables, or a table with its columns, and what people say about it. */
export default memberPage("/sources/[source]/[asset]", async (actor, { params, searchParams }: Props) => {
  const { source, asset: id } = await params;
  const asset = await readAsset(actor, source, id);
  if (!asset) return <NothingHere />;
  const asked = await searchParams;
  const paging = readPaging(asked);
  const tables =
    asset.kind === "schema" && (await listAssets(actor, { source: asset.source, schema: asset.id }, paging));
  return (
    <WidePage title={<Heading name={asset.name}>{asset.missing && <Missing />}</Heading>} lead={<Lead {...asset} />}>
      <Tags tags={asset.tags} />
      {tables && (
        <Section title="Tables" id="tables">
          <AssetList
            source={asset.source}
            here={`/sources/${asset.source}/${asset.id}`}
            caption="Tables"
            label="Name, description or tag of a table"
            paging={paging}
            page={tables}
          />
        </Section>
      )}
      {asset.columns && <Columns columns={asset.columns} />}
      {asset.mayEdit && (
        <Section title="Asset details" id="details" lead="What people who find it should know.">
          <ActionForm action={saveAsset} after={outcomes.get(asked.after) ?? null}>
            <Hidden name="organization" value={actor.organizationId} />
            <Hidden name="source" value={asset.source} />
            <Hidden name="asset" value={asset.id} />
            <Drawn value={drawnWith({ description: asset.description, tags: asset.tags })} />
            <DetailsFields {...asset} />
            <SubmitButton>Save details</SubmitButton>
          </ActionForm>
        </Section>
      )}
      <Trail
        steps={[
          { href: "/sources", words: "All sources" },
          { href: `/sources/${asset.source}`, words: <bdi>{asset.sourceName}</bdi> },
          ...(asset.schemaId
            ? [{ href: `/sources/${asset.source}/${asset.schemaId}` as const, words: <bdi>{asset.schema}</bdi> }]
            : []),
        ]}
      />
    </WidePage>
  );
});
