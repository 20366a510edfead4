"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { buttonClass, type Tone } from "./button";
import { Icon } from "./icon";

/** Sends its form. While the answer is awaited it says so and swallows further presses, yet stays focusable. */
export function SubmitButton({ children, tone = "main", wide = false }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      aria-disabled={pending || undefined}
      onClick={(event) => pending && event.preventDefault()}
      className={`${buttonClass(tone)} ${wide ? "w-full" : ""} aria-disabled:cursor-progress`}
    >
      {pending && <Icon name="wait" className="motion-safe:animate-spin" />}
      {children}
      {pending && <span className="sr-only">, waiting for the answer</span>}
    </button>
  );
}

type SubmitButtonProps = { children: ReactNode; tone?: Tone; wide?: boolean };
