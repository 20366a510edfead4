"use client";

import type { Route } from "next";
import { usePathname } from "next/navigation";

/**
 * A list of links to sections, the current one marked: `page` on the section's own address, `true` on those below it.
 * `label` names it for readers, and for all when `labelClassName` says how it looks.
 * `className` lays out the list, `linkClassName` each link.
 */
export function Nav({ label, labelClassName, links, className, linkClassName }: NavProps) {
  const path = usePathname();
  return (
    <nav aria-label={label}>
      {labelClassName && <p className={labelClassName}>{label}</p>}
      <ul className={className}>
        {links.map(({ href, label: words }) => (
          <li key={href}>
            <a
              href={href}
              className={linkClassName}
              aria-current={path === href ? "page" : path.startsWith(`${href}/`) || undefined}
            >
              {words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

type NavProps = {
  label: string;
  labelClassName?: string;
  links: readonly { href: Route; label: string }[];
  className?: string;
  linkClassName?: string;
};
