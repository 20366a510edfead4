"use client";

import { createContext, type ReactNode, useActionState, useContext, useEffect, useId, useRef } from "react";
import { errorOf, type FormAction, type FormState, idle, type Refused as Refusal, typedOf } from "@/lib/form";
import { Outcome } from "./outcome";
import { Refused } from "./refused";

const Answer = createContext<{ state: FormState<unknown>; id: string }>({ state: idle, id: "" });

/**
 * A form around the answer it last got: says what was refused, with links to the fields when several were, and moves
 * focus to the first of them. The fields inside find their own sentence and what was typed. It works without script.
 * `wide` is for tables of fields, which take the room there is.
 */
export function Form<T>({ state, action, wide = false, children }: FormProps<T>) {
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  useEffect(() => {
    if (state.status !== "refused") return;
    const first = form.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-invalid]");
    (first ?? form.current?.querySelector<HTMLElement>("[tabindex='-1']"))?.focus();
  }, [state]);
  return (
    <form ref={form} action={action} noValidate className={`group space-y-5 ${wide ? "" : "max-w-xl"}`}>
      <Answer value={{ state, id }}>
        {state.status === "refused" && <ErrorSummary state={state} formId={id} />}
        {children}
      </Answer>
    </form>
  );
}

type FormProps<T> = { state: FormState<T>; action: (form: FormData) => void; wide?: boolean; children: ReactNode };

/**
 * A form that sends itself to `action`, which leads elsewhere when it is done; or back here, opened with `after`, which is
 * then said above it until it is sent again.
 */
export function ActionForm<T>({ action, after, children }: ActionFormProps<T>) {
  const [state, send] = useActionState(action, idle);
  const form = (
    <Form state={state} action={send}>
      {children}
    </Form>
  );
  if (after === undefined) return form;
  return (
    <div className="space-y-5">
      <Outcome after={state.status === "idle" && after} />
      {form}
    </div>
  );
}

type ActionFormProps<T> = { action: FormAction<T>; after?: ReactNode; children: ReactNode };

function ErrorSummary({ state, formId }: { state: Refusal; formId: string }) {
  const fields = Object.entries(state.errors);
  return (
    // One refused field says it itself; a summary that repeats it is shown only when that field is not in sight.
    <div className={fields.length === 1 ? hiddenByField : undefined}>
      <Refused state={state} tabIndex={-1}>
        {fields.length > 1 && (
          <ul className="list-disc pl-5">
            {fields.map(([name, sentence]) => (
              <li key={name}>
                <a href={`#${fieldId(formId, name)}`}>{sentence}</a>
              </li>
            ))}
          </ul>
        )}
      </Refused>
    </div>
  );
}

const hiddenByField = "group-has-aria-invalid:hidden group-has-data-invalid:hidden";

/** What the form was drawn with. After a refusal it stays what was sent, though the page around it may be another's by then. */
export function Hidden({ name, value }: { name: string; value: string }) {
  const { typed } = useField(name);
  return <input type="hidden" name={name} value={typed ?? value} />;
}

/**
 * The details that a form was drawn with, under the name `drawn`. Like `Hidden`, but for a refusal of that very field: it
 * told what others have changed since, so that from then on the form knows it.
 */
export function Drawn({ value }: { value: string }) {
  const { typed, error } = useField("drawn");
  return <input type="hidden" name="drawn" value={(!error && typed) || value} />;
}

/**
 * What makes a group of boxes the place of its refusal, as `aria-invalid` makes a field: readers know that only of fields.
 * Without script the browser goes to it; React knows autoFocus on fields alone, and writes it down for others.
 */
export const refusable = (error: string | undefined) => ({
  tabIndex: -1,
  "data-invalid": error ? true : undefined,
  ...(error && { autoFocus: true }),
});

const fieldId = (formId: string, name: string) => `${formId}-${name}`;

/** What a field needs to know of its form: its id, its sentence, what was typed, and the attributes that tie them together. */
export function useField(name: string, hint?: ReactNode) {
  const { state, id: formId } = useContext(Answer);
  const id = fieldId(formId, name);
  const error = errorOf(state, name);
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return {
    id,
    error,
    answer: state,
    typed: typedOf(state, name),
    control: {
      id,
      name,
      "aria-invalid": error ? true : undefined,
      "aria-describedby": describedBy || undefined,
      // For a page without script: the browser goes to the first one. With script the form moves focus itself.
      autoFocus: Boolean(error),
    },
  };
}
