"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { buttonClass, type Tone } from "./button";
import { Icon } from "./icon";

/**
 * Sends its form. While the answer is awaited it says so and swallows further presses, yet stays focusable.
 * With `name` and `value` it is one of several; only the one that was pressed shows the waiting.
 */
export function SubmitButton({ children, tone = "main", name, value, wide = false }: SubmitButtonProps) {
  const { pending, data } = useFormStatus();
  const waiting = pending && (!name || data.get(name) === value);
  return (
    <button
      type="submit"
      name={name}
      value={value}
      aria-disabled={pending || undefined}
      onClick={(event) => pending && event.preventDefault()}
      className={`${buttonClass(tone)} ${wide ? "w-full" : ""} aria-disabled:cursor-progress`}
    >
      {waiting && <Icon name="wait" className="motion-safe:animate-spin" />}
      {children}
      {waiting && <span className="sr-only">, waiting for the answer</span>}
    </button>
  );
}

type SubmitButtonProps = { children: ReactNode; tone?: Tone; name?: string; value?: string; wide?: boolean };
