"use client";

import type { ReactNode } from "react";
import { FieldError } from "./field-error";
import { useField } from "./form";

/** A choice of one among a few, all in sight; what was chosen stays chosen after a refusal. */
export function Radios({ name, legend, options, defaultValue }: RadiosProps) {
  const { error, typed, id } = useField(name);
  const chosen = typed ?? defaultValue;
  return (
    <fieldset key={chosen} id={id} tabIndex={-1} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {options.map(({ value, label }) => (
          <label key={value} className="flex min-h-9 items-center gap-2 pointer-coarse:min-h-11">
            <input
              type="radio"
              name={name}
              value={value}
              defaultChecked={value === chosen}
              className="size-4.5 accent-accent"
            />
            <span className="min-w-0">{label}</span>
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
