"use client";

import { type ReactNode, useEffect, useRef } from "react";

/**
 * Around what a press may turn into something else without a new page: when `state` changes, focus goes to its heading,
 * so that it is read out what it is now. `led` says that a press led to this address: then at once, for whatever stood
 * here under another address may be gone.
 */
export function InPlace({ state, led = false, children }: { state: string; led?: boolean; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef(led ? null : state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    place.current?.querySelector<HTMLElement>(":is(h1, h2)[tabindex]")?.focus();
  }, [state]);
  return (
    <div ref={place} className="contents">
      {children}
    </div>
  );
}
