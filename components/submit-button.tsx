"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { buttonClass, type Tone } from "./button";
import { Icon } from "./icon";

/**
 * Sends its form. While the answer is awaited it says so and swallows further presses, yet stays focusable. Where a form
 * has several, `name` and `value` tell which was pressed. `row` is the row it stands in, if any: focus goes from row to row.
 */
export function SubmitButton({ children, tone = "main", wide = false, name, value, row }: SubmitButtonProps) {
  const { pending: sending, data } = useFormStatus();
  const pending = sending && (name === undefined || data.get(name) === value);
  return (
    <button
      type="submit"
      name={name}
      value={value}
      data-row={row}
      aria-disabled={sending || undefined}
      onClick={(event) => sending && event.preventDefault()}
      className={`${buttonClass(tone)} ${wide ? "w-full" : ""} aria-disabled:cursor-progress`}
    >
      {pending && <Icon name="wait" className="motion-safe:animate-spin" />}
      {children}
      {pending && <span className="sr-only">, waiting for the answer</span>}
    </button>
  );
}

type SubmitButtonProps = {
  children: ReactNode;
  tone?: Tone;
  wide?: boolean;
  name?: string;
  value?: string;
  row?: string;
};
