"use client";

import { boxClass, Labelled } from "./field";
import { useField } from "./form";

/** A file to be chosen. Browsers forget it after a refusal: it has to be chosen again. */
export function FileField({
  name,
  label,
  hint,
  accept,
}: {
  name: string;
  label: string;
  hint?: string;
  accept: string;
}) {
  const { id, error, control } = useField(name, hint);
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <input {...control} type="file" accept={accept} required className={boxClass} />
    </Labelled>
  );
}
