"use client";

import type { ReactNode } from "react";
import { useField } from "./form";
import { Icon } from "./icon";

/** An empty box that has to be ticked before its form does anything; the sentence of a refusal stands below it. */
export function Tick({ name, label }: { name: string; label: ReactNode }) {
  const { id, error, control } = useField(name);
  return (
    <div>
      <label htmlFor={id} className="flex gap-2.5">
        <input {...control} type="checkbox" value="yes" required className="mt-1 size-4.5 shrink-0 accent-accent" />
        <span className="min-w-0">{label}</span>
      </label>
      {error && (
        <p id={`${id}-error`} className="mt-1.5 flex gap-1.5 text-sm text-danger">
          <Icon name="danger" className="mt-0.5" />
          <span className="min-w-0">{error}</span>
        </p>
      )}
    </div>
  );
}
