import type { ReactNode } from "react";
import { Mark } from "./mark";

/**
 * A page with one thing to do: a single card, its heading large.
 * `lead` says in a sentence or two what this is; `foot` holds the small links below the card.
 */
export const QuietPage = ({ title, lead, foot, children }: QuietPageProps) => (
  <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[29rem] grow px-4 pt-8 pb-12 sm:pt-[12vh]">
    <Mark className="size-8" />
    <div className="mt-4 border-t-2 border-accent bg-surface p-6 shadow-[0_1px_2px_rgb(0_0_0/0.08)] sm:p-8 forced-colors:border">
      <h1 tabIndex={-1} className="text-[1.625rem] sm:text-3xl sm:leading-10">
        {title}
      </h1>
      {lead && <div className="mt-2 text-quiet [&_b]:text-ink">{lead}</div>}
      <div className="mt-6 space-y-6 empty:hidden">{children}</div>
    </div>
    {foot && <div className="mt-5 flex flex-wrap gap-x-6 gap-y-2 text-sm text-quiet">{foot}</div>}
  </main>
);

type QuietPageProps = { title: ReactNode; lead?: ReactNode; foot?: ReactNode; children?: ReactNode };

/** A page for lists and records. `actions` are the page's main buttons, shown first and at the left, under the heading. */
export const WidePage = ({ title, lead, actions, children }: WidePageProps) => (
  <main id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl min-w-0 grow px-4 pt-6 pb-12 sm:px-6 sm:pt-8">
    <h1 tabIndex={-1}>{title}</h1>
    {lead && <div className="mt-1 max-w-[65ch] text-quiet [&_b]:text-ink">{lead}</div>}
    {actions && <div className="mt-5 flex flex-wrap gap-3">{actions}</div>}
    <div className="mt-6 space-y-8 empty:hidden">{children}</div>
  </main>
);

type WidePageProps = { title: ReactNode; lead?: ReactNode; actions?: ReactNode; children?: ReactNode };

/** A part of a page under a heading of its own. `id` makes it a place that links can point to. */
export const Section = ({ title, lead, id, children }: SectionProps) => (
  <section aria-labelledby={id} className="rounded-card border border-line bg-surface p-5 sm:p-6">
    <h2 id={id}>{title}</h2>
    {lead && <p className="mt-1 max-w-[65ch] text-quiet">{lead}</p>}
    <div className="mt-5 space-y-6 empty:hidden">{children}</div>
  </section>
);

type SectionProps = { title: ReactNode; id: string; lead?: ReactNode; children?: ReactNode };
