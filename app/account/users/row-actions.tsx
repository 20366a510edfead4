"use client";

import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useTransition } from "react";
import { toClipboard } from "@/components/clipboard";
import { Dialog } from "@/components/dialog";
import { placesFrom, toFirst } from "@/components/focus";
import { Notice } from "@/components/notice";
import type { Verb } from "@/lib/directory/rules";
import { idle } from "@/lib/form";
import { type Answer, Outcome } from "./outcome";
import { usePosted } from "./posted";
import { PressedButton } from "./pressed-button";
import { type Subject, verbs } from "./verbs";

type Press = { about: Subject; verb: Verb };

type Presses = {
  organization: string;
  /** Does it, or asks first when something is taken away. Only with script. */
  press: (about: Subject, verb: Verb) => void;
  /** The press that is under way. */
  waiting: Press | null;
  /** Where forms send themselves without script. */
  send: Record<Verb, (form: FormData) => void>;
  /** Whether a form that was sent without script did what it was for. */
  answered: boolean;
};
const PressesContext = createContext<Presses | null>(null);

export const usePresses = (): Presses => {
  const presses = useContext(PressesContext);
  if (!presses) throw new Error("Row actions stand inside RowActions");
  return presses;
};

/**
 * What can be done to the rows inside, and the one place that says what came of it: text that stays, read out politely.
 * After a press focus goes back to where it came from, or to the next row, or to the heading.
 */
export function RowActions({ organization, after, children }: Props) {
  const posted = usePosted();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [asked, setAsked] = useState<Press | null>(null);
  const [waiting, setWaiting] = useState<Press | null>(null);
  const [pending, start] = useTransition();
  const places = useRef<string[]>([]);

  const perform = (press: Press) => {
    places.current = placesFrom(press.about.id, press.verb);
    setWaiting(press);
    start(async () => {
      const form = new FormData();
      form.set("organization", organization);
      form.set(verbs[press.verb].field, press.about.id);
      form.set("about", press.about.email);
      const state = await verbs[press.verb].action(idle, form);
      const link = state.status === "done" ? state.value.link : undefined;
      const copied = link !== undefined && (await toClipboard(link));
      start(() => {
        setAnswer({ verb: press.verb, state, copied });
        setAsked(null);
        setWaiting(null);
      });
    });
  };
  const cancel = () => {
    if (asked) places.current = placesFrom(asked.about.id, asked.verb);
    setAsked(null);
  };
  // The row may go a moment after the answer has come: as long as nobody has gone elsewhere, focus is kept in the list.
  useEffect(() => {
    if (!pending && !asked && places.current.length > 0) toFirst(places.current);
  });
  // What was said, and rows that grew with it, push down the row that was pressed.
  useEffect(() => {
    if (answer && places.current.length > 0) document.activeElement?.scrollIntoView({ block: "nearest" });
  }, [answer]);
  // Whoever goes on has been where it was kept: the rows are drawn anew at any time, and must not pull them back.
  useEffect(() => {
    if (pending || asked) return;
    const goneOn = () => {
      places.current = [];
    };
    for (const deed of ["pointerdown", "keydown"]) document.addEventListener(deed, goneOn, true);
    return () => {
      for (const deed of ["pointerdown", "keydown"]) document.removeEventListener(deed, goneOn, true);
    };
  }, [pending, asked]);

  const press = (about: Subject, verb: Verb) => {
    if (pending) return;
    if (verbs[verb].ask) setAsked({ about, verb });
    else perform({ about, verb });
  };
  const shown = answer ?? posted.answer;
  const answered = posted.answer?.state.status === "done";
  return (
    <PressesContext value={{ organization, press, waiting: pending ? waiting : null, send: posted.send, answered }}>
      {/* A row far down the list was pressed: what came of it stays in sight, and focus is scrolled clear of it. */}
      <div role="status" className="sticky top-2 z-10 empty:hidden" data-outcome={shown ? "" : undefined}>
        {shown ? (
          <Outcome key={pending ? "waiting" : "said"} {...shown} />
        ) : (
          after && (
            <Notice tone="success">
              <p className="wrap-anywhere">{after}</p>
            </Notice>
          )
        )}
      </div>
      {children}
      {asked && (
        <Dialog {...wordsOf(asked)} onCancel={cancel}>
          <PressedButton tone="danger" pending={pending} onClick={() => pending || perform(asked)}>
            {verbs[asked.verb].label}
          </PressedButton>
        </Dialog>
      )}
    </PressesContext>
  );
}

type Props = {
  organization: string;
  /** What was done before the page was opened; said until something else is. */
  after?: ReactNode;
  children: ReactNode;
};

const wordsOf = ({ about, verb }: Press) => {
  const words = verbs[verb].ask?.(about);
  return { title: words?.question, body: words?.body };
};
