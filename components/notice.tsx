import type { ComponentProps } from "react";
import { Icon } from "./icon";

const tones = {
  info: { ground: "border-accent bg-accent-soft", icon: "text-accent", word: "Note" },
  success: { ground: "border-success bg-success-soft", icon: "text-success", word: "Done" },
  warning: { ground: "border-warning bg-warning-soft", icon: "text-warning", word: "Warning" },
  danger: { ground: "border-danger bg-danger-soft", icon: "text-danger", word: "Problem" },
};

/**
 * Words that stay on the page. Colour is never alone: an icon shows the kind and a hidden word says it.
 * Give `role="status"` to the outcome of something the person has just done.
 */
export const Notice = ({ tone = "info", children, ...rest }: ComponentProps<"div"> & { tone?: keyof typeof tones }) => (
  <div className={`flex gap-3 border-l-3 px-4 py-3 forced-colors:border ${tones[tone].ground}`} {...rest}>
    <Icon name={tone} className={`mt-1 ${tones[tone].icon}`} />
    <div className="min-w-0 space-y-2">
      <span className="sr-only">{tones[tone].word}: </span>
      {children}
    </div>
  </div>
);
