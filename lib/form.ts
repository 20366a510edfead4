import type { FieldErrors } from "@/lib/result";

/**
 * What a form knows after it was sent: plain data, shown by the form and never trusted when it comes back.
 * `values` are what the person typed (passwords and codes left out) and `chosen` what they ticked in lists, so that a
 * refusal loses nothing; `way` leads to a page that mends it, in another tab.
 */
export type FormState<T = null> = { status: "idle" } | Refused | { status: "done"; value: T };

export type Refused = {
  status: "refused";
  message: string;
  errors: FieldErrors;
  values: Readonly<Record<string, string>>;
  chosen: Readonly<Record<string, readonly string[]>>;
  way?: { href: string; words: string };
};

export const idle = { status: "idle" } as const;

/** A server action as `useActionState` calls it. */
export type FormAction<T = null> = (previous: FormState<T>, form: FormData) => Promise<FormState<T>>;

/** The sentence about one field, if it was refused. */
export const errorOf = <T>(state: FormState<T>, field: string): string | undefined =>
  state.status === "refused" ? state.errors[field] : undefined;

/** What was typed into one field before it was refused. */
export const typedOf = <T>(state: FormState<T>, field: string): string | undefined =>
  state.status === "refused" ? state.values[field] : undefined;

/** What was ticked in one list before the form was refused. */
export const chosenOf = <T>(state: FormState<T>, list: string): readonly string[] | undefined =>
  state.status === "refused" ? (state.chosen[list] ?? []) : undefined;
