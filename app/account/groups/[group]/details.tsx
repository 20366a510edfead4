"use client";

import { Field, TextArea } from "@/components/field";
import { Drawn, Form, Hidden } from "@/components/form";
import { Section } from "@/components/page";
import { SubmitButton } from "@/components/submit-button";
import { usePresses } from "./presses";

/** What the group is called and for, to be changed. `drawn` says what they were when the page was drawn. */
export function Details({ name, description, drawn }: { name: string; description: string; drawn: string }) {
  const { organization, group, saved, save } = usePresses();
  return (
    <Section title="Details" id="details">
      <Form state={saved} action={save}>
        <Hidden name="organization" value={organization} />
        <input type="hidden" name="group" value={group} />
        <Drawn value={drawn} />
        <Field name="name" label="Name" defaultValue={name} maxLength={64} dir="auto" autoComplete="off" />
        <TextArea
          name="description"
          label="Description (optional)"
          defaultValue={description}
          required={false}
          rows={2}
          maxLength={500}
          dir="auto"
        />
        <SubmitButton>Save details</SubmitButton>
      </Form>
    </Section>
  );
}
