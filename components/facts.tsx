import type { ReactNode } from "react";

/** Facts about one thing: what they are called, and what they are. */
export const Facts = ({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) => (
  <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[10rem_minmax(0,1fr)]">
    {facts.map(([label, value]) => (
      <div key={label} className="contents">
        <dt className="text-quiet max-sm:-mb-2">{label}</dt>
        <dd className="min-w-0 wrap-anywhere">{value}</dd>
      </div>
    ))}
  </dl>
);
