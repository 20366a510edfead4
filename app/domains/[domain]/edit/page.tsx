import { ButtonLink } from "@/components/button";
import { ActionForm, Drawn, Hidden } from "@/components/form";
import { WidePage } from "@/components/page";
import { SubmitButton } from "@/components/submit-button";
import { readDomain } from "@/lib/domains/queries";
import { drawnWith } from "@/lib/meanwhile";
import { gatedPageOn } from "../../../gated-page";
import { NothingHere } from "../../../nothing-here";
import { titled } from "../../../signed-in";
import { saveDomain } from "../../actions";
import { DetailsFields } from "../../details-fields";

type Props = { params: Promise<{ domain: string }> };

export const generateMetadata = titled("Change domain – Domains");

export default gatedPageOn(
  "domain.edit",
  "/domains/[domain]/edit",
  async ({ params }: Props) => ({ domain: (await params).domain }),
  async ({ actor, on }) => {
    const domain = await readDomain(actor, on.domain);
    if (!domain) return <NothingHere />;
    return (
      <WidePage
        title={
          <>
            Change <span dir="auto">{domain.name}</span>
          </>
        }
      >
        <ActionForm action={saveDomain}>
          <Hidden name="organization" value={actor.organizationId} />
          <Hidden name="domain" value={domain.id} />
          <Drawn value={drawnWith({ name: domain.name, description: domain.description })} />
          <DetailsFields {...domain} />
          <div className="flex flex-wrap gap-3">
            <SubmitButton>Save details</SubmitButton>
            <ButtonLink href={`/domains/${domain.id}`}>Cancel</ButtonLink>
          </div>
        </ActionForm>
      </WidePage>
    );
  },
);
