"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** The heading of a result that took the place of a form: it takes focus when it appears, so that it is read out. */
export function ResultHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    // Without script the browser itself goes to it; React knows autoFocus on fields alone, and writes it down for both.
    <h2 ref={heading} tabIndex={-1} {...{ autoFocus: true }}>
      {children}
    </h2>
  );
}
