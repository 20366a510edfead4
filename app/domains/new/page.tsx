import { ButtonLink } from "@/components/button";
import { ActionForm, Hidden } from "@/components/form";
import { WidePage } from "@/components/page";
import { SubmitButton } from "@/components/submit-button";
import { gatedPage } from "../../gated-page";
import { titled } from "../../signed-in";
import { makeDomain } from "../actions";
import { DetailsFields } from "../details-fields";

export const generateMetadata = titled("Create domain – Domains");

export default gatedPage("domains.create", "/domains/new", async ({ organizationId }) => (
  <WidePage
    title="Create domain"
    lead="A domain gathers schemas and tables that belong together. They are added once it is there; it lets nobody see what they don't see in a source."
  >
    <ActionForm action={makeDomain}>
      <Hidden name="organization" value={organizationId} />
      <DetailsFields />
      <div className="flex flex-wrap gap-3">
        <SubmitButton>Create domain</SubmitButton>
        <ButtonLink href="/domains">Cancel</ButtonLink>
      </div>
    </ActionForm>
  </WidePage>
));
