import type { ReactNode } from "react";

const tones = {
  plain: "border-line bg-sunken text-quiet",
  accent: "border-accent/40 bg-accent-soft text-accent",
  success: "border-success/40 bg-success-soft text-success",
  warning: "border-warning/40 bg-warning-soft text-warning",
  danger: "border-danger/40 bg-danger-soft text-danger",
};

/** One or two words about a row: the word says it, the colour helps. */
export const Badge = ({ tone = "plain", children }: { tone?: keyof typeof tones; children: ReactNode }) => (
  <span
    className={`inline-block rounded border px-1.5 text-[0.8125rem] leading-5 font-medium whitespace-nowrap ${tones[tone]}`}
  >
    {children}
  </span>
);
