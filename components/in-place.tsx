"use client";

import { type ReactNode, useEffect, useRef } from "react";

/**
 * Around what a press may turn into something else without a new page: when `state` changes, focus goes to the heading
 * that says what it is now, the last of those that can take it, so that it is read out. `led` says that a press led here
 * from another page: then at once.
 */
export function InPlace({ state, led = false, children }: { state: string; led?: boolean; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef(led ? null : state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    [...(place.current?.querySelectorAll<HTMLElement>(":is(h1, h2)[tabindex]") ?? [])].at(-1)?.focus();
  }, [state]);
  return (
    <div ref={place} className="contents">
      {children}
    </div>
  );
}
