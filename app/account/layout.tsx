import type { ReactNode } from "react";
import { Nav } from "@/components/nav";
import type { Actor } from "@/lib/access/actor";
import type { Right } from "@/lib/access/catalogue";
import { viewer } from "@/lib/access/viewer";
import { SignedIn } from "../signed-in";

export { organizationTitles as generateMetadata } from "../signed-in";

const sections = [
  { href: "/account/profile", label: "Profile", needs: null },
  { href: "/account/access", label: "Your access", needs: "membership" },
  { href: "/account/users", label: "User Management", needs: "access.read" },
  { href: "/account/mail", label: "Mail", needs: "access.read" },
  { href: "/account/groups", label: "Group Management", needs: "groups.read" },
  { href: "/account/requests", label: "Access requests", needs: "groups.edit" },
] as const satisfies readonly { href: string; label: string; needs: Right | "membership" | null }[];

const opensFor = (actor: Actor | null, needs: (typeof sections)[number]["needs"]): boolean =>
  needs === null || (actor ? needs === "membership" || actor.rights.has(needs) : false);

/** The shell of the account pages, with only the links that lead somewhere for this person. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const person = await viewer();
  return (
    <SignedIn>
      <div className="mx-auto flex w-full max-w-6xl grow flex-col md:grid md:grid-cols-[13rem_minmax(0,1fr)]">
        <div className="px-4 pt-5 sm:px-6 md:pt-9 md:pr-0">
          {person && (
            <Nav
              label="My Account"
              labelClassName="mb-2 text-sm font-semibold text-quiet md:pl-3"
              links={sections.filter(({ needs }) => opensFor(person.actor, needs))}
              className="flex flex-wrap gap-x-2 max-md:-ml-3 md:flex-col md:gap-y-1"
              linkClassName={sectionClass}
            />
          )}
        </div>
        {children}
      </div>
    </SignedIn>
  );
}

const sectionClass =
  "flex min-h-9 items-center rounded px-3 hover:bg-sunken pointer-coarse:min-h-11 aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent forced-colors:aria-[current]:underline";
