import { Field, TextArea } from "@/components/field";

/** What a domain is called and about. */
export const DetailsFields = ({ name, description }: { name?: string; description?: string }) => (
  <>
    <Field
      name="name"
      label="Name"
      hint="What people call this part of your business, like Finance."
      defaultValue={name}
      maxLength={64}
      autoComplete="off"
      dir="auto"
    />
    <TextArea
      name="description"
      label="Description"
      hint="What belongs here, and whom to ask. At most 500 characters."
      defaultValue={description}
      required={false}
      maxLength={500}
      dir="auto"
    />
  </>
);
