import { Button } from "@/components/button";
import { boxClass } from "@/components/field";
import { addressOf, type Listing, sortWord, type View, views } from "@/lib/directory/listing";
import { sortsOf } from "./columns";

export const viewNames: Record<View, string> = {
  all: "All",
  active: "Active",
  pending: "Pending",
  inactive: "Inactive",
  history: "History",
};

/** The views as links, each with how many rows it has in all; what is searched for stays when one goes to another. */
export const Views = ({ listing, counts }: { listing: Listing; counts: Record<View, number> }) => (
  <nav aria-label="Views">
    <ul className="flex flex-wrap gap-1 border-edge max-sm:-ml-3 sm:border-b">
      {views.map((view) => (
        <li key={view}>
          <a
            href={addressOf("/account/users", { view, q: listing.q, group: listing.group })}
            aria-current={view === listing.view ? "page" : undefined}
            className={viewClass}
          >
            {viewNames[view]} <span className="text-quiet tabular-nums">{counts[view].toLocaleString("en")}</span>
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const viewClass =
  "flex min-h-10 items-center gap-2 px-3 hover:border-edge pointer-coarse:min-h-11 max-sm:rounded max-sm:hover:bg-sunken sm:-mb-px sm:border-b-2 sm:border-transparent aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-accent max-sm:aria-[current]:bg-accent-soft forced-colors:aria-[current]:underline sm:forced-colors:border-b-0 sm:forced-colors:aria-[current]:border-b-2";

type Group = { id: string; name: string };

type FiltersProps = { listing: Listing; groups: readonly Group[]; found: boolean };

/**
 * Search and group filter. Where the table is a list of cards, the sorts stand here too. When nothing was `found`, the way
 * back to everybody stands where the list would be.
 */
export const Filters = ({ listing, groups, found }: FiltersProps) => (
  <search>
    <form action="/account/users" className="@container flex flex-wrap items-end gap-3">
      {listing.view !== "all" && <input type="hidden" name="status" value={listing.view} />}
      <label className="grow basis-56 @table:max-w-80">
        <span className="mb-1 block text-sm text-quiet">Name or address</span>
        <input type="search" name="q" key={listing.q} defaultValue={listing.q} maxLength={200} className={boxClass} />
      </label>
      <label className="basis-40 @max-table:grow">
        <span className="mb-1 block text-sm text-quiet">Group</span>
        <select name="group" key={listing.group} defaultValue={listing.group ?? ""} className={boxClass}>
          <option value="">Any group</option>
          <option value="none">No group</option>
          {groups.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <SortChoice listing={listing} />
      <Button type="submit">Search</Button>
      {found && isNarrowed(listing) && <ClearFilters listing={listing} />}
    </form>
  </search>
);

const SortChoice = ({ listing }: { listing: Listing }) => (
  <label className="basis-40 @max-table:grow @table:hidden">
    <span className="mb-1 block text-sm text-quiet">Sort by</span>
    <select name="sort" key={sortWord(listing.sort)} defaultValue={sortWord(listing.sort)} className={boxClass}>
      {sortsOf(listing).flatMap(({ key, label }) => {
        const [up, down] = key === "name" ? ["A to Z", "Z to A"] : ["earliest first", "latest first"];
        return [
          <option key={key} value={key}>{`${label}, ${up}`}</option>,
          <option key={`-${key}`} value={`-${key}`}>{`${label}, ${down}`}</option>,
        ];
      })}
    </select>
  </label>
);

export const isNarrowed = ({ q, group }: Listing): boolean => q !== "" || group !== null;

export const ClearFilters = ({ listing: { view, sort } }: { listing: Listing }) => (
  <a
    href={addressOf("/account/users", { view, sort })}
    className="inline-flex min-h-9.5 items-center text-accent underline underline-offset-3 pointer-coarse:min-h-11"
  >
    Clear filters
  </a>
);
