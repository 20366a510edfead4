import { Field, TextArea } from "@/components/field";
import { ActionForm, Hidden } from "@/components/form";
import { Section } from "@/components/page";
import { SubmitButton } from "@/components/submit-button";
import type { GroupWhole } from "@/lib/groups/queries";
import { saveDetails } from "./actions";

/** What the group is called and for, to be changed. */
export const Details = ({ organization, group }: { organization: string; group: GroupWhole }) => (
  <Section title="Details" id="details">
    <ActionForm action={saveDetails}>
      <Hidden name="organization" value={organization} />
      <input type="hidden" name="group" value={group.id} />
      <Field name="name" label="Name" defaultValue={group.name} maxLength={64} dir="auto" autoComplete="off" />
      <TextArea
        name="description"
        label="Description (optional)"
        defaultValue={group.description}
        required={false}
        rows={2}
        maxLength={500}
        dir="auto"
      />
      <SubmitButton>Save details</SubmitButton>
    </ActionForm>
  </Section>
);
