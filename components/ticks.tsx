"use client";

import type { ReactNode } from "react";
import { chosenOf } from "@/lib/form";
import { FieldError } from "./field-error";
import { refusable, useField } from "./form";
import { Icon } from "./icon";

/**
 * A choice of any number, sent as `name[]`; what was ticked stays ticked after a refusal. `search` stands above the boxes;
 * `none` below, as long as nothing is ticked, also without script.
 */
export function Ticks({ name, legend, hint, search, options, defaultValue = [], none }: TicksProps) {
  const { id, error, answer } = useField(name);
  const chosen = chosenOf(answer, name) ?? defaultValue;
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <fieldset {...refusable(error)} id={id} aria-describedby={described || undefined} className="group/ticks">
      <legend className="mb-1.5 font-medium">{legend}</legend>
      {hint && (
        <div id={`${id}-hint`} className="mb-1.5 text-sm text-quiet">
          {hint}
        </div>
      )}
      {(search || error) && (
        <div className="my-3">
          {search}
          <FieldError id={id} error={error} />
        </div>
      )}
      {/* Drawn anew with what is ticked, as boxes take that only once. */}
      <ul
        key={chosen.join(" ")}
        className="max-h-96 divide-y divide-line overflow-y-auto rounded border border-line bg-surface empty:hidden"
      >
        {options.map((option) => (
          <Option key={option.value} {...option} name={`${name}[]`} id={`${id}-${option.value}`} chosen={chosen} />
        ))}
      </ul>
      {none && <p className="mt-1.5 text-sm text-quiet group-has-checked/ticks:hidden">{none}</p>}
    </fieldset>
  );
}

const Option = ({ id, name, value, label, hint, caution, fixed, chosen }: OptionProps) => (
  <li className="flex gap-3 px-3 py-2 hover:bg-sunken">
    {fixed && chosen.includes(value) && <input type="hidden" name={name} value={value} />}
    <input
      id={id}
      type="checkbox"
      name={name}
      value={value}
      defaultChecked={chosen.includes(value)}
      disabled={fixed}
      aria-describedby={`${id}-lets`}
      className="mt-0.75 size-4.5 shrink-0 accent-accent pointer-coarse:size-6"
    />
    <div className="min-w-0 grow">
      <label htmlFor={id} className="block font-medium wrap-anywhere">
        <bdi>{label}</bdi>
      </label>
      <div id={`${id}-lets`} className="text-sm text-quiet wrap-anywhere">
        {hint}
        {caution && (
          <span className="mt-0.5 flex gap-1.5 text-warning">
            <Icon name="warning" className="mt-0.5" />
            <span className="min-w-0">{caution}</span>
          </span>
        )}
      </div>
    </div>
  </li>
);

export type TickOption = {
  value: string;
  label: string;
  hint: ReactNode;
  /** What is to be thought of before ticking it. */
  caution?: string;
  /** Stays as it is. */
  fixed?: boolean;
};

type TicksProps = {
  name: string;
  legend: ReactNode;
  hint?: ReactNode;
  search?: ReactNode;
  options: readonly TickOption[];
  defaultValue?: readonly string[];
  none?: ReactNode;
};
type OptionProps = TickOption & { id: string; name: string; chosen: readonly string[] };
