import { ButtonLink } from "@/components/button";
import { Field } from "@/components/field";
import { ActionForm, Drawn, Hidden } from "@/components/form";
import { Section, WidePage } from "@/components/page";
import { SubmitButton } from "@/components/submit-button";
import { drawnWith } from "@/lib/meanwhile";
import { readShownUrl } from "@/lib/sources/connect";
import { readSource } from "@/lib/sources/queries";
import { gatedPageOn } from "../../../gated-page";
import { NothingHere } from "../../../nothing-here";
import { titled } from "../../../signed-in";
import { saveConnection, saveSource } from "../../actions";
import { AddressFields } from "../../address-fields";
import { DetailsFields } from "../../details-fields";

type Props = { params: Promise<{ source: string }> };

export const generateMetadata = titled("Change source – Sources");

export default gatedPageOn(
  "source.edit",
  "/sources/[source]/edit",
  async ({ params }: Props) => ({ source: (await params).source }),
  async (granted) => {
    const { actor, on } = granted;
    const source = await readSource(actor, on.source);
    if (!source) return <NothingHere />;
    const hidden = (
      <>
        <Hidden name="organization" value={actor.organizationId} />
        <Hidden name="source" value={source.id} />
      </>
    );
    return (
      <WidePage
        title={
          <>
            Change <span dir="auto">{source.name}</span>
          </>
        }
      >
        <Section title="Details" id="details">
          <ActionForm action={saveSource}>
            {hidden}
            <Field name="name" label="Name" defaultValue={source.name} maxLength={64} autoComplete="off" dir="auto" />
            <Drawn value={drawnWith({ name: source.name, description: source.description, tags: source.tags })} />
            <DetailsFields {...source} />
            <SubmitButton>Save details</SubmitButton>
          </ActionForm>
        </Section>
        <Section
          title="Connection"
          id="connection"
          lead="Where the source is read, and as whom. It is tried before it takes the place of the one there is. Schemas and tables keep their descriptions, tags and policies by their names."
        >
          <ActionForm action={saveConnection}>
            {hidden}
            <AddressFields url={await readShownUrl(granted)} />
            <SubmitButton>Save connection</SubmitButton>
          </ActionForm>
        </Section>
        <p>
          <ButtonLink href={`/sources/${source.id}`}>Back to the source</ButtonLink>
        </p>
      </WidePage>
    );
  },
);
