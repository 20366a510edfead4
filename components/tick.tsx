"use client";

import type { ReactNode } from "react";
import { FieldError } from "./field-error";
import { useField } from "./form";

/** An empty box that has to be ticked before its form does anything; the sentence of a refusal stands below it. */
export function Tick({ name, label }: { name: string; label: ReactNode }) {
  const { id, error, control } = useField(name);
  return (
    <div>
      <label htmlFor={id} className="flex gap-2.5">
        <input {...control} type="checkbox" value="yes" required className="mt-1 size-4.5 shrink-0 accent-accent" />
        <span className="min-w-0">{label}</span>
      </label>
      <FieldError id={id} error={error} />
    </div>
  );
}
