"use client";

import type { Route } from "next";
import { usePathname } from "next/navigation";

/**
 * A list of links to sections, the current one marked: `page` on the section's own address, `true` on those below it.
 * `className` lays out the list, `linkClassName` each link.
 */
export function Nav({ label, links, className, linkClassName }: NavProps) {
  const path = usePathname();
  return (
    <nav aria-label={label}>
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
  links: readonly { href: Route; label: string }[];
  className?: string;
  linkClassName?: string;
};
