import type { ReactNode } from "react";

/** The way down to this page, each step a link. */
export const Trail = ({ steps }: { steps: readonly { href: string; words: ReactNode }[] }) => (
  <nav aria-label="Where you are" className="mb-2">
    <ol className="flex flex-wrap gap-x-2 text-sm">
      {steps.map(({ href, words }) => (
        <li key={href} className="flex min-w-0 gap-x-2 wrap-anywhere">
          <a href={href}>{words}</a>
          <span aria-hidden="true" className="text-quiet">
            /
          </span>
        </li>
      ))}
    </ol>
  </nav>
);
