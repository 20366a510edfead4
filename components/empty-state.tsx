import type { ReactNode } from "react";

/** What stands where a list would be: what it is for, and the next press if there is one. */
export const EmptyState = ({
  title,
  actions,
  children,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) => (
  <div className="rounded-card border border-dashed border-edge px-5 py-8 sm:px-8 sm:py-10">
    {title && <h2 className="mb-2">{title}</h2>}
    <div className="max-w-[60ch] space-y-3 text-quiet">{children}</div>
    {actions && <div className="mt-5 flex flex-wrap gap-3">{actions}</div>}
  </div>
);
