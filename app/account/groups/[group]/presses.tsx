"use client";

import { createContext, type ReactNode, useActionState, useContext, useEffect, useRef } from "react";
import { placesFrom, toFirst } from "@/components/focus";
import { useLatest } from "@/components/latest";
import { Outcome } from "@/components/outcome";
import { errorOf, type FormState, idle } from "@/lib/form";
import { changeMembers, removeGroup, saveDetails } from "./actions";

type Presses = {
  organization: string;
  group: string;
  moved: FormState<string>;
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
export function Presses({ organization, group, after, mayEdit, children }: Props) {
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
  const latest = useLatest<string | null>([moved, removed, saved]);
  const answered = latest.status === "done";
  const saidThere = latest.status === "refused" && ((mayEdit && latest === saved) || isUnticked(latest));
  return (
    <PressesContext value={{ organization, group, moved, move, removed, remove, saved, save, pressed, answered }}>
      <Outcome state={saidThere ? idle : latest} after={latest.status === "idle" && after} />
      {children}
    </PressesContext>
  );
}

/** Whether nobody was ticked to be put into the group, which the list of boxes says itself. */
export const isUnticked = (state: FormState<unknown>): boolean => errorOf(state, "members") !== undefined;

type Props = {
  organization: string;
  group: string;
  after: string | undefined;
  /** Whether the form of the details is drawn, which says itself why it was refused. */
  mayEdit: boolean;
  children: ReactNode;
};
