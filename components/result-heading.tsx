"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** The heading of a result that took the place of a form: it takes focus when it appears, so that it is read out. */
export function ResultHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h2 ref={heading} tabIndex={-1}>
      {children}
    </h2>
  );
}
