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
      <input {...control} type="file" accept={accept} required className={`${boxClass} ${pressClass}`} />
    </Labelled>
  );
}

// The browser draws this button: it is to look like our plain one.
const pressClass =
  "file:mr-3 file:cursor-pointer file:rounded file:border file:border-edge file:bg-surface file:px-3 file:py-0.5 file:font-medium file:text-ink hover:file:bg-sunken";
