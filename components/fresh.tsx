"use client";

import { useRouter } from "next/navigation";
import { useEffect, useLayoutEffect, useRef, useTransition } from "react";
import { holdFocus } from "./focus";

/** How long a page goes without looking when nothing is said: events can be lost with a connection. */
const quietMs = 60_000;
/** How often it looks when it can't listen at all. */
const deafMs = 15_000;

/**
 * Keeps the page it stands on true without a reload: draws it anew whenever the events at `from` say anything, as long as
 * the tab is in sight. What was typed, opened or focused stays; when what has focus goes, focus goes to the row's menu, the
 * next row's or the heading. `soon`: what the page shows is on its way, so it may have
 * come further before anybody listened. Without script the page is as it was served.
 */
export function Fresh({ from, soon = false }: { from: string; soon?: boolean }) {
  const router = useRouter();
  const [drawing, start] = useTransition();
  const again = useRef(false);
  const busy = useRef(false);
  const moving = useRef(soon);
  const settle = useRef(() => {});
  busy.current = drawing;
  moving.current = soon;

  const look = useRef(() => {});
  look.current = () => {
    again.current = busy.current;
    if (busy.current) return;
    settle.current = holdFocus();
    start(() => router.refresh());
  };
  // Whenever anything is drawn, at once: what is said a moment later would find that nothing has focus.
  useLayoutEffect(() => settle.current());
  // What was said while the page was being drawn may not be on it.
  useEffect(() => {
    if (!drawing && again.current) look.current();
  }, [drawing]);

  useEffect(
    () =>
      listenWhileSeen(
        from,
        () => look.current(),
        () => moving.current,
      ),
    [from],
  );
  return null;
}

/** Listens while the tab is in sight; gives a way to stop. */
const listenWhileSeen = (from: string, look: () => void, moving: () => boolean) => {
  let events: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let missed = false;

  const wait = (ms: number, then: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
  };
  const quiet = () =>
    wait(quietMs, () => {
      look();
      quiet();
    });
  const listen = () => {
    events = new EventSource(from);
    events.onopen = () => {
      if (missed || moving()) look();
      missed = false;
      quiet();
    };
    events.onmessage = () => {
      look();
      quiet();
    };
    events.onerror = () => {
      missed = true;
      // The browser tries again by itself, unless it was answered something else than events.
      if (events?.readyState === EventSource.CLOSED) wait(deafMs, deaf);
    };
  };
  const deaf = () => {
    look();
    missed = false;
    listen();
  };
  const rest = () => {
    clearTimeout(timer);
    events?.close();
    events = null;
  };
  const seen = () => {
    if (document.visibilityState === "hidden") {
      rest();
      missed = true;
    } else if (!events) listen();
  };
  seen();
  document.addEventListener("visibilitychange", seen);
  return () => {
    document.removeEventListener("visibilitychange", seen);
    rest();
  };
};
