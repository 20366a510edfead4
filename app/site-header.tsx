import { Button } from "@/components/button";
import { Nav } from "@/components/nav";
import type { Viewer } from "@/lib/access/actor";
import { signOutHere } from "./signin/actions";

const places = [
  { href: "/sources", label: "Sources" },
  { href: "/domains", label: "Domains" },
  { href: "/account", label: "My Account" },
] as const;

/** The head of every signed-in page: the organization they stand in, where they can go, who they are, and the way out. */
export const SiteHeader = ({ person }: { person: Viewer }) => (
  <header>
    <div className="bg-surface">
      <div className="mx-auto grid max-w-6xl grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 px-4 sm:px-6 lg:grid-cols-[minmax(0,auto)_minmax(max-content,1fr)_auto]">
        <div className="flex min-w-0 items-center gap-2">
          {person.actor && (
            <p
              dir="auto"
              title={person.actor.organizationName}
              className="max-w-64 truncate lg:max-w-none py-3 font-display text-lg font-semibold"
            >
              {person.actor.organizationName}
            </p>
          )}
          {person.elsewhere && (
            <a href="/account/organizations" aria-label="Switch organization" className={switchClass}>
              Switch
            </a>
          )}
        </div>
        <div className="max-lg:order-last max-lg:col-span-2">
          <Nav label="Main" links={places} className="-mx-3 flex" linkClassName={placeClass} />
        </div>
        <div className="flex min-w-0 items-center gap-3 py-1.5">
          <span dir="auto" title={person.email} className="max-w-40 truncate text-sm text-quiet max-sm:hidden">
            {person.name}
          </span>
          <form action={signOutHere}>
            <Button type="submit" className="text-sm">
              Sign out
            </Button>
          </form>
        </div>
      </div>
    </div>
    <div className="battlement bg-surface" />
  </header>
);

const switchClass =
  "flex min-h-9 shrink-0 items-center rounded px-2 text-sm text-accent underline decoration-1 underline-offset-3 hover:bg-sunken pointer-coarse:min-h-11";

const placeClass =
  "flex min-h-11 items-center whitespace-nowrap border-b-2 border-transparent px-3 pt-0.5 lg:min-h-13 text-quiet hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink forced-colors:border-b-0 forced-colors:aria-[current]:border-b-2";
