"use client";

import type { ReactNode } from "react";
import { FieldError } from "./field-error";
import { refusable, useField } from "./form";

/** A choice of one among a few, all in sight; what was chosen stays chosen after a refusal. */
export function Radios({ name, legend, options, defaultValue }: RadiosProps) {
  const { error, typed, id } = useField(name);
  const chosen = typed ?? defaultValue;
  return (
    <fieldset {...refusable(error)} key={chosen} id={id} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {options.map(({ value, label }) => (
          <label key={value} className="flex items-start gap-2 py-1.5 pointer-coarse:py-2.5">
            <input
              type="radio"
              name={name}
              value={value}
              defaultChecked={value === chosen}
              className="mt-0.75 size-4.5 shrink-0 accent-accent"
            />
            <span className="min-w-0 wrap-anywhere">{label}</span>
          </label>
        ))}
      </div>
      <FieldError id={id} error={error} />
    </fieldset>
  );
}

type RadiosProps = {
  name: string;
  legend: string;
  options: readonly { value: string; label: ReactNode }[];
  defaultValue: string;
};
