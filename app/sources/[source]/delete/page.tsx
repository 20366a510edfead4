import { ButtonLink } from "@/components/button";
import { WidePage } from "@/components/page";
import { readSource } from "@/lib/sources/queries";
import { gatedPageOn } from "../../../gated-page";
import { NothingHere } from "../../../nothing-here";
import { titled } from "../../../signed-in";
import { readLossInWords } from "../../loss";
import { questionFor } from "../../words";
import { DeleteForm, Loss } from "../delete-source";

type Props = { params: Promise<{ source: string }> };

export const generateMetadata = titled("Delete source – Sources");

/** The question of the dialog, for those without script. */
export default gatedPageOn(
  "source.delete",
  "/sources/[source]/delete",
  async ({ params }: Props) => ({ source: (await params).source }),
  async ({ actor, on }) => {
    const source = await readSource(actor, on.source);
    if (!source) return <NothingHere />;
    return (
      <WidePage title={<span dir="auto">{questionFor(source.name)}</span>}>
        <Loss loss={await readLossInWords(actor, on.source)} />
        <div className="flex flex-wrap gap-3">
          <DeleteForm organization={actor.organizationId} source={on.source} />
          <ButtonLink href={`/sources/${on.source}`}>Cancel</ButtonLink>
        </div>
      </WidePage>
    );
  },
);
