"use client";

import type { ReactNode } from "react";
import { FieldError } from "./field";
import { useField } from "./form";

const rowClass = "flex min-h-6 gap-2.5 py-0.5 pointer-coarse:min-h-11 pointer-coarse:items-center";
const markClass = "mt-1 size-4 shrink-0 pointer-coarse:mt-0 pointer-coarse:size-5";

type Choice = { value: string; label: ReactNode; hint?: ReactNode };

/** One box to tick; after a refusal it is as the person left it. */
export function Checkbox({ name, label, hint, value = "on", defaultChecked = false }: CheckboxProps) {
  const { id, error, answered, typed, control } = useField(name, hint);
  return (
    <div>
      <label className={rowClass}>
        <input
          {...control}
          type="checkbox"
          value={value}
          defaultChecked={answered ? typed === value : defaultChecked}
          className={markClass}
        />
        <span className="min-w-0">{label}</span>
      </label>
      {hint && (
        <div id={`${id}-hint`} className="ml-6.5 text-sm text-quiet">
          {hint}
        </div>
      )}
      <FieldError id={id} error={error} />
    </div>
  );
}

type CheckboxProps = Omit<Choice, "value"> & { name: string; value?: string; defaultChecked?: boolean };

/** One out of a few, all in sight. `inline` puts short ones in a row. */
export function RadioGroup({ name, legend, hint, choices, defaultValue, inline = false }: RadioGroupProps) {
  const { id, error, typed, control } = useField(name, hint);
  return (
    <fieldset id={id} tabIndex={-1} aria-describedby={control["aria-describedby"]}>
      <legend className="mb-1 font-medium">{legend}</legend>
      {hint && (
        <div id={`${id}-hint`} className="mb-1.5 text-sm text-quiet">
          {hint}
        </div>
      )}
      <div className={inline ? "flex flex-wrap gap-x-6" : undefined}>
        {choices.map((choice) => (
          <label key={choice.value} className={rowClass}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              defaultChecked={choice.value === (typed ?? defaultValue)}
              aria-invalid={control["aria-invalid"]}
              className={markClass}
            />
            <span className="min-w-0">
              {choice.label}
              {choice.hint && <span className="block text-sm text-quiet">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      <FieldError id={id} error={error} />
    </fieldset>
  );
}

type RadioGroupProps = {
  name: string;
  legend: ReactNode;
  hint?: ReactNode;
  choices: readonly Choice[];
  defaultValue?: string;
  inline?: boolean;
};
