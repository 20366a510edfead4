import { ButtonLink } from "@/components/button";
import { WidePage } from "@/components/page";
import { lossInWords, readLoss } from "@/lib/access/loss";
import { readDomain } from "@/lib/domains/queries";
import { gatedPageOn } from "../../../gated-page";
import { NothingHere } from "../../../nothing-here";
import { titled } from "../../../signed-in";
import { questionOf } from "../../words";
import { DeleteForm, LossOf } from "../delete-domain";

type Props = { params: Promise<{ domain: string }> };

export const generateMetadata = titled("Delete domain – Domains");

/** The question of the dialog, for those without script. */
export default gatedPageOn(
  "domain.delete",
  "/domains/[domain]/delete",
  async ({ params }: Props) => ({ domain: (await params).domain }),
  async ({ actor, on }) => {
    const domain = await readDomain(actor, on.domain);
    if (!domain) return <NothingHere />;
    return (
      <WidePage title={<span dir="auto">{questionOf(domain.name)}</span>}>
        <LossOf loss={lossInWords(await readLoss(actor, on))} />
        <div className="flex flex-wrap gap-3">
          <DeleteForm organization={actor.organizationId} domain={on.domain} />
          <ButtonLink href={`/domains/${on.domain}`}>Cancel</ButtonLink>
        </div>
      </WidePage>
    );
  },
);
