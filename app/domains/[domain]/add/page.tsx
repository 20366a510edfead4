import { WidePage } from "@/components/page";
import { readDomain } from "@/lib/domains/queries";
import { gatedPageOn } from "../../../gated-page";
import { NothingHere } from "../../../nothing-here";
import { titled } from "../../../signed-in";
import { AddForm } from "./add-form";
import { findFor } from "./found";
import { NothingToAdd } from "./nothing-to-add";

type Props = { params: Promise<{ domain: string }> };

export const generateMetadata = titled("Add schemas and tables – Domains");

/** What could be put into a domain, to be searched and ticked. */
export default gatedPageOn(
  "domain.edit",
  "/domains/[domain]/add",
  async ({ params }: Props) => ({ domain: (await params).domain }),
  async (granted) => {
    const { actor, on } = granted;
    const domain = await readDomain(actor, on.domain);
    if (!domain) return <NothingHere />;
    const first = await findFor(granted);
    return (
      <WidePage
        title={
          <>
            Add to <span dir="auto">{domain.name}</span>
          </>
        }
        lead="Schemas and tables that you can see yourself. A schema brings its tables, those added later too. Nobody sees more of a source by this."
      >
        {first.found.length > 0 ? (
          <AddForm organization={actor.organizationId} domain={domain.id} first={first} />
        ) : (
          <NothingToAdd actor={actor} domain={domain} />
        )}
      </WidePage>
    );
  },
);
