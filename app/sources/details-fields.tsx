import { Field, TextArea } from "@/components/field";

/** What a source, schema or table is said to be. */
export const DetailsFields = ({ description, tags }: { description: string; tags: readonly string[] }) => (
  <>
    <TextArea
      name="description"
      label="Description"
      hint="What is in it, and what it is good for. At most 500 characters."
      defaultValue={description}
      required={false}
      maxLength={500}
      dir="auto"
    />
    <Field
      name="tags"
      label="Tags"
      hint="With commas between them, like: finance, daily."
      defaultValue={tags.join(", ")}
      required={false}
      autoComplete="off"
      dir="auto"
    />
  </>
);
