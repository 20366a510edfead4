"use client";

import { type ReactElement, useEffect, useRef, useState, useTransition } from "react";
import { Button, buttonClass } from "@/components/button";
import { Icon } from "@/components/icon";
import { useScripted } from "@/components/scripted";
import { type FormAction, idle } from "@/lib/form";

/**
 * Help, bottom right of every signed-in page: served as a link to its page, and once script runs a button that opens the
 * same answers over the page. `read` brings them when it is pressed, and not before. What gets focus is never behind
 * it: pages keep room for the button (`scroll-padding`), and the answers close when focus goes elsewhere.
 */
export function HelpPanel({ read }: { read: FormAction<ReactElement> }) {
  const [answers, setAnswers] = useState<ReactElement | null>(null);
  const [pending, start] = useTransition();
  const place = useRef<HTMLElement>(null);
  const open = answers !== null;

  const show = () =>
    start(async () => {
      const state = await read(idle, new FormData()).catch(() => idle);
      // Signed out meanwhile, or no answer: the page says so, and has the way to sign in.
      if (state.status === "done") start(() => setAnswers(state.value));
      else location.assign("/help");
    });
  useEffect(() => {
    if (!open) return;
    const here = place.current;
    focusOn("h2", here);
    const wentTo = ({ target }: FocusEvent) => {
      if (target instanceof Node && !here?.contains(target)) setAnswers(null);
    };
    const pressed = ({ key }: KeyboardEvent) => {
      if (key !== "Escape") return;
      setAnswers(null);
      focusOn("button", here);
    };
    document.addEventListener("focusin", wentTo);
    document.addEventListener("keydown", pressed);
    return () => {
      document.removeEventListener("focusin", wentTo);
      document.removeEventListener("keydown", pressed);
    };
  }, [open]);
  const close = () => {
    setAnswers(null);
    focusOn("button", place.current);
  };

  return (
    <aside ref={place} aria-label="Help" className="fixed right-4 bottom-4 z-10 print:hidden">
      {useScripted() ? (
        <Button
          aria-expanded={open}
          aria-disabled={pending || undefined}
          onClick={() => (open ? close() : pending || show())}
          className="shadow-lg"
        >
          {pending && <Icon name="wait" className="motion-safe:animate-spin" />}
          Help
          {pending && <span className="sr-only">, waiting for the answer</span>}
        </Button>
      ) : (
        <a href="/help" className={`${buttonClass()} shadow-lg`}>
          Help
        </a>
      )}
      {open && (
        <div
          tabIndex={-1}
          className="absolute right-0 bottom-full mb-2 max-h-[calc(100dvh-6rem)] w-[min(26rem,calc(100vw-2rem))] overflow-y-auto rounded-card border border-edge bg-surface p-4 text-ink shadow-lg sm:p-5"
        >
          <div className="mb-2 flex items-center justify-between gap-3">
            <h2 tabIndex={-1}>Help</h2>
            <Button onClick={close}>Close</Button>
          </div>
          {answers}
        </div>
      )}
    </aside>
  );
}

/** The first of its kind: the heading of the answers, or the button that opens and closes them. */
const focusOn = (what: "h2" | "button", place: HTMLElement | null) => place?.querySelector<HTMLElement>(what)?.focus();
