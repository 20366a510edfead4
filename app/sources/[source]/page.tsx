import { Badge } from "@/components/badge";
import { Section, WidePage } from "@/components/page";
import { Trail } from "@/components/trail";
import { countInside } from "@/lib/access/loss";
import { readPaging } from "@/lib/paging";
import { listAssets, readSource } from "@/lib/sources/queries";
import { memberPage } from "../../gated-page";
import { NothingHere } from "../../nothing-here";
import { WhoSees } from "../../who-sees";
import { About } from "../about";
import { AssetList } from "../asset-list";
import { Heading } from "../heading";
import { readLossInWords } from "../loss";
import { sourceTitle } from "../titles";
import { leadFor, outcomes } from "../words";
import { Connection } from "./connection";
import { Presses } from "./presses";

type Props = {
  params: Promise<{ source: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = sourceTitle;

/** One source: what of it this member may see, and what they may do to it. */
export default memberPage("/sources/[source]", async (actor, { params, searchParams }: Props) => {
  const source = await readSource(actor, (await params).source);
  if (!source) return <NothingHere />;
  const asked = await searchParams;
  const paging = readPaging(asked);
  const assets = await listAssets(actor, { source: source.id, schema: null }, paging);
  const loss = source.mayDelete ? await readLossInWords(actor, source.id) : null;
  const hides = source.enabled && source.mayEdit ? await countInside(actor, { source: source.id }) : 0;
  return (
    <WidePage
      title={<Heading name={source.name}>{!source.enabled && <Badge icon="off">Disabled</Badge>}</Heading>}
      lead={<About {...source} />}
    >
      <Presses
        organization={actor.organizationId}
        source={source.id}
        name={source.name}
        enabled={source.enabled}
        mayEdit={source.mayEdit}
        loss={loss}
        hides={hides}
        asked={source.enabled && source.mayEdit && asked.ask === "disable"}
        after={outcomes.get(asked.after)}
      />
      <Section title="Schemas and tables" id="assets" lead={leadFor(source, actor.owner)}>
        {source.enabled && source.schemas + source.tables > 0 && (
          <AssetList
            source={source.id}
            here={`/sources/${source.id}`}
            caption={paging.q ? "Schemas and tables found" : "Schemas"}
            label="Name, description or tag of a schema or table"
            paging={paging}
            page={assets}
          />
        )}
      </Section>
      {source.connection && <Connection {...source.connection} />}
      <WhoSees
        actor={actor}
        on={{ source: source.id }}
        lead="Whoever sees the source, or anything in it."
        here={`/sources/${source.id}`}
        asked={asked}
      />
      <Trail steps={[{ href: "/sources", words: "All sources" }]} />
    </WidePage>
  );
});
