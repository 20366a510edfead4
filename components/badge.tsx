import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

const tones = {
  plain: "border-line bg-sunken text-quiet",
  accent: "border-accent/40 bg-accent-soft text-accent",
  success: "border-success/40 bg-success-soft text-success",
  warning: "border-warning/40 bg-warning-soft text-warning",
  danger: "border-danger/40 bg-danger-soft text-danger",
};

/** One or two words about a row: the word says it, the colour and the drawing help. */
export const Badge = ({ tone = "plain", icon, children }: BadgeProps) => (
  <span
    className={`inline-flex items-center gap-1 rounded border px-1.5 text-[0.8125rem] leading-5 font-medium whitespace-nowrap ${tones[tone]}`}
  >
    {icon && <Icon name={icon} className="size-3.5" />}
    {children}
  </span>
);

type BadgeProps = { tone?: keyof typeof tones; icon?: IconName; children: ReactNode };
