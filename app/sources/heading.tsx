import type { ReactNode } from "react";

/** A name as the heading of a page, with marks beside it. */
export const Heading = ({ name, children }: { name: string; children: ReactNode }) => (
  <span className="flex flex-wrap items-center gap-x-3">
    <span dir="auto" className="min-w-0 wrap-anywhere">
      {name}
    </span>
    <span className="font-sans empty:hidden">{children}</span>
  </span>
);
