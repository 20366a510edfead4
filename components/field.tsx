"use client";

import type { ComponentProps, ReactNode } from "react";
import { FieldError } from "./field-error";
import { useField } from "./form";

/** How a text box looks, valid or not. */
export const boxClass =
  "block w-full min-h-9.5 rounded border border-edge bg-surface px-3 py-1.5 text-base leading-6 pointer-coarse:min-h-11 sm:text-[0.9375rem] placeholder:text-quiet aria-invalid:border-2 aria-invalid:border-danger";

/** A label, its hint, the control and its error, in the order they are read. */
export const Labelled = ({ id, label, hint, error, children }: LabelledProps) => (
  <div>
    <label htmlFor={id} className="mb-1.5 block font-medium">
      {label}
    </label>
    {hint && (
      <div id={`${id}-hint`} className="mb-1.5 text-sm text-quiet">
        {hint}
      </div>
    )}
    {children}
    <FieldError id={id} error={error} />
  </div>
);

type LabelledProps = FieldProps & { id: string; error: string | undefined; children: ReactNode };

type FieldProps = { label: ReactNode; hint?: ReactNode };

/** A line of text. `label` names it, `hint` says what belongs there; a refused value comes back with its sentence below. */
export function Field({
  name,
  label,
  hint,
  defaultValue,
  ...rest
}: FieldProps & ComponentProps<"input"> & { name: string }) {
  const { id, error, typed, control } = useField(name, hint);
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <input {...control} defaultValue={typed ?? defaultValue} required className={boxClass} {...rest} />
    </Labelled>
  );
}

/** Several lines of text; otherwise like `Field`. */
export function TextArea({
  name,
  label,
  hint,
  defaultValue,
  ...rest
}: FieldProps & ComponentProps<"textarea"> & { name: string }) {
  const { id, error, typed, control } = useField(name, hint);
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <textarea {...control} defaultValue={typed ?? defaultValue} required rows={4} className={boxClass} {...rest} />
    </Labelled>
  );
}
