import { Button } from "./button";
import { boxClass } from "./field";

/** Narrows the list at `action` to what fits the words in `q`; the way back to all of it stands beside. */
export const SearchForm = ({ action, label, q }: { action: string; label: string; q: string }) => (
  <search>
    <form action={action} className="flex flex-wrap items-end gap-3">
      <label className="max-w-96 grow basis-56">
        <span className="mb-1 block text-sm text-quiet">{label}</span>
        <input type="search" name="q" key={q} defaultValue={q} maxLength={200} className={boxClass} />
      </label>
      <Button type="submit">Search</Button>
      {q !== "" && (
        <a href={action} className="py-2 text-accent underline underline-offset-3">
          Clear search
        </a>
      )}
    </form>
  </search>
);
