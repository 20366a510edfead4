import type { ReactNode } from "react";

/** The pages above this one, each a link. */
export const Trail = ({ steps }: { steps: readonly { href: string; words: ReactNode }[] }) => (
  <nav aria-label="Pages above this one" className="mb-2">
    <ol className="flex flex-wrap gap-x-2 text-sm">
      {steps.map(({ href, words }, step) => (
        <li key={href} className="flex min-w-0 gap-x-2 wrap-anywhere">
          {step > 0 && (
            <span aria-hidden="true" className="text-quiet">
              /
            </span>
          )}
          <a href={href}>{words}</a>
        </li>
      ))}
    </ol>
  </nav>
);
