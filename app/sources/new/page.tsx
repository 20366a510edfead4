import { ButtonLink } from "@/components/button";
import { Field } from "@/components/field";
import { ActionForm, Hidden } from "@/components/form";
import { WidePage } from "@/components/page";
import { SubmitButton } from "@/components/submit-button";
import { gatedPage } from "../../gated-page";
import { titled } from "../../signed-in";
import { connectSource } from "../actions";
import { AddressFields } from "../address-fields";

export const generateMetadata = titled("Connect source – Sources");

export default gatedPage("sources.create", "/sources/new", async ({ organizationId }) => (
  <WidePage
    title="Connect source"
    lead="The database is tried at once, which takes up to 15 seconds. Only its catalogue is read: schemas, tables, columns, as far as the user may read them. Nothing is kept if it can't be reached."
  >
    <ActionForm action={connectSource}>
      <Hidden name="organization" value={organizationId} />
      <Field
        name="name"
        label="Name"
        hint="What people here call this database."
        maxLength={64}
        autoComplete="off"
        dir="auto"
      />
      <AddressFields />
      <div className="flex flex-wrap gap-3">
        <SubmitButton>Connect source</SubmitButton>
        <ButtonLink href="/sources">Cancel</ButtonLink>
      </div>
    </ActionForm>
  </WidePage>
));
