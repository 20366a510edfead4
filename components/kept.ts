"use client";

import { useLayoutEffect, useRef, useState } from "react";

/**
 * Keeps the fields called `names` of a form across a reload and the back button, in this tab alone. Give `place` to an
 * element around the form, and draw the form anew, with what is in `kept`, when that changes. Whoever comes to the page by
 * a link, and not back to it, finds an empty form. Our pages are never stored, so browsers don't do this by themselves.
 */
export function useKept(key: string, names: readonly string[]) {
  const place = useRef<HTMLDivElement>(null);
  const [kept, setKept] = useState("");
  useLayoutEffect(() => {
    const typed = () => {
      const form = place.current?.querySelector("form");
      const entries = [...new FormData(form ?? undefined)].filter(([name]) => names.includes(name));
      return new URLSearchParams(
        entries.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
      );
    };
    const before = stored(key);
    if (before && cameBack()) setKept(before);
    const keep = () => store(key, typed().toString());
    addEventListener("pagehide", keep);
    return () => removeEventListener("pagehide", keep);
  }, [key, names]);
  return { place, kept: new URLSearchParams(kept) };
}

const cameBack = (): boolean =>
  performance
    .getEntriesByType("navigation")
    .some((visit) => visit instanceof PerformanceNavigationTiming && visit.type !== "navigate");

// Some browsers are set to keep nothing, and throw.
const stored = (key: string): string | null => {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
};
const store = (key: string, value: string): void => {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Then it is not kept.
  }
};
