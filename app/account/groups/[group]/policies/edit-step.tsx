"use client";

import { boxClass } from "@/components/field";
import { SubmitButton } from "@/components/submit-button";
import { Grid } from "./grid";
import type { Editing } from "./view";

type Props = {
  editing: Editing;
  ticked: readonly string[];
  search: { label: string; hint: string | null } | null;
};

/** The boxes, with a search where not everything is in sight; what is ticked stays ticked whatever is searched for. */
export const EditStep = ({ editing, ticked, search }: Props) => {
  const { tables, q, found, more, seen } = editing;
  const shown = new Set(tables.flatMap(({ rows }) => rows.flatMap(({ boxes }) => boxes.map(({ key }) => key))));
  return (
    <div className="space-y-6">
      <input type="hidden" name="seen" value={seen} />
      {ticked
        .filter((key) => !shown.has(key))
        .map((key) => (
          <input key={key} type="hidden" name="policies[]" value={key} />
        ))}
      {tables.map((table) => (
        <Grid key={table.caption} table={table} ticked={new Set(ticked)} />
      ))}
      {search && (
        <div className="space-y-2">
          <div className="flex flex-wrap items-end gap-3">
            <label className="max-w-96 grow basis-56">
              <span className="mb-1 block text-sm text-quiet">{search.label}</span>
              <input type="search" name="q" defaultValue={q} maxLength={200} autoComplete="off" className={boxClass} />
            </label>
            <SubmitButton name="step" value="find" tone="plain">
              Search
            </SubmitButton>
          </div>
          {search.hint && <p className="text-sm text-quiet">{search.hint}</p>}
          <p role="status" className="text-sm text-quiet empty:hidden">
            {found} {more && "Only the first are shown: search for more of a name to see others."}
          </p>
        </div>
      )}
      <SubmitButton name="step" value="review">
        See what changes
      </SubmitButton>
    </div>
  );
};
