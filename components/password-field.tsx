"use client";

import { type ReactNode, useState } from "react";
import { useFormStatus } from "react-dom";
import { boxClass, Labelled } from "./field";
import { useField } from "./form";
import { useScripted } from "./scripted";

/**
 * A password. The browser's manager and pasting are welcome, and it never comes back after a refusal.
 * `atLeast` is for a new one: how many characters it needs, told while it is typed. With script it can be shown;
 * while the form is on its way it is hidden again, so that the browser doesn't keep it as ordinary text.
 */
export function PasswordField({ name, label, hint, autoComplete, atLeast }: PasswordFieldProps) {
  const told = hint ?? (atLeast && `At least ${atLeast} characters. A few words nobody would put together are good.`);
  const { id, error, answer, control } = useField(name, told);
  const [shown, setShown] = useState(false);
  // Each answer empties the field, so what was counted before it counts no more.
  const [typed, setTyped] = useState({ answer, length: 0 });
  const length = typed.answer === answer ? typed.length : 0;
  const scripted = useScripted();
  const { pending } = useFormStatus();
  return (
    <Labelled id={id} label={label} hint={told} error={error}>
      <div className="relative">
        <input
          {...control}
          type={shown && !pending ? "text" : "password"}
          autoComplete={autoComplete}
          required
          dir="ltr"
          spellCheck={false}
          autoCapitalize="none"
          onChange={(event) => setTyped({ answer, length: [...event.target.value].length })}
          className={`${boxClass} pr-20`}
        />
        {scripted && (
          <button
            type="button"
            aria-label={`${shown ? "Hide" : "Show"} ${label.toLowerCase()}`}
            aria-controls={id}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-1 right-1 min-w-14 cursor-pointer rounded px-2 text-sm font-medium text-accent hover:bg-accent-soft"
          >
            {shown ? "Hide" : "Show"}
          </button>
        )}
      </div>
      {atLeast && length > 0 && <p className="mt-1.5 text-sm text-quiet">{strength(length, atLeast)}</p>}
    </Labelled>
  );
}

type PasswordFieldProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  autoComplete: "current-password" | "new-password";
  atLeast?: number;
};

const strength = (length: number, atLeast: number) => {
  const short = atLeast - length;
  if (short > 0) return `Too short: ${short} more ${short === 1 ? "character" : "characters"}.`;
  return length < atLeast + 6 ? "Long enough." : "Long enough, and longer is stronger.";
};
