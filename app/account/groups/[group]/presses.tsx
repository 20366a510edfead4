"use client";

import { createContext, type ReactNode, useActionState, useContext, useEffect, useRef } from "react";
import { placesFrom, toFirst } from "@/components/focus";
import { useLatest } from "@/components/latest";
import { Outcome } from "@/components/outcome";
import { type FormState, idle, typedOf } from "@/lib/form";
import { changeMembers, removeGroup, saveDetails } from "./actions";
import type { Moved } from "./moved";

type Presses = {
  organization: string;
  group: string;
  moved: FormState<Moved>;
  move: (form: FormData) => void;
  removed: FormState<unknown>;
  remove: (form: FormData) => void;
  saved: FormState<unknown>;
  save: (form: FormData) => void;
  /** Says which row a press came from: once that is gone, focus goes to the next. */
  pressed: (row: string) => void;
  /** Whether the last press did what it was for. */
  answered: boolean;
};
const PressesContext = createContext<Presses | null>(null);

export const usePresses = (): Presses => {
  const presses = useContext(PressesContext);
  if (!presses) throw new Error("The parts of a group's page stand inside Presses");
  return presses;
};

/**
 * What can be done to a group and its members, and the one place that says what came of it: text that stays, read out
 * politely. `after` is what the page was opened with.
 */
export function Presses({ organization, group, after, mayEdit, mayAdd, children }: Props) {
  const [moved, move, moving] = useActionState(changeMembers, idle);
  const [removed, remove] = useActionState(removeGroup, idle);
  const [saved, save] = useActionState(saveDetails, idle);
  const places = useRef<string[]>([]);
  useEffect(() => {
    if (!moving && moved.status !== "idle" && places.current.length > 0) toFirst(places.current);
  });
  const pressed = (row: string) => {
    places.current = placesFrom(row);
  };
  const latest = useLatest<Moved | string | null>([moved, removed, saved]);
  const words = latest.status === "done" ? wordsOf(latest.value) : null;
  const answered = latest.status === "done" && (latest !== moved || words !== null);
  // The forms that are drawn say themselves why they were refused.
  const saidThere = latest.status === "refused" && ((mayEdit && latest === saved) || (mayAdd && isOfPicker(latest)));
  const outcome = latest.status === "done" ? { status: latest.status, value: words } : latest;
  return (
    <PressesContext value={{ organization, group, moved, move, removed, remove, saved, save, pressed, answered }}>
      <Outcome state={saidThere ? idle : outcome} after={latest.status === "idle" && after} />
      {children}
    </PressesContext>
  );
}

const wordsOf = (value: Moved | string | null): string | null =>
  value !== null && typeof value === "object" ? (value.step === "find" ? null : value.said) : value;

/** Whether an answer is about the people who were ticked or looked for. */
export const isOfPicker = (state: FormState<unknown>): boolean =>
  ["find", "add"].includes(typedOf(state, "step") ?? "");

type Props = {
  organization: string;
  group: string;
  after: string | undefined;
  /** Whether the forms of the details, and of people to add, are drawn. */
  mayEdit: boolean;
  mayAdd: boolean;
  children: ReactNode;
};
