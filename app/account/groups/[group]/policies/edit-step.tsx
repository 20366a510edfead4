"use client";

import { useState } from "react";
import { ButtonLink } from "@/components/button";
import { boxClass } from "@/components/field";
import { SubmitButton } from "@/components/submit-button";
import { Grid } from "./grid";
import type { Editing } from "./view";

type Props = { group: string; editing: Editing; search: { label: string; hint: string | null } | null };

/** The boxes, with a search where not everything is in sight; what was ticked or cleared stays so whatever is searched for. */
export const EditStep = ({ group, editing, search }: Props) => {
  const { tables, q, said, unseen, seen, changes } = editing;
  const [brought, setBrought] = useState("");
  const boxes = tables.flatMap(({ rows }) => rows.flatMap((row) => row.boxes));
  const offered = boxes.filter(({ ticked, why }) => ticked && why === null).map(({ word }) => word);
  return (
    <div className="space-y-6">
      <input type="hidden" name="seen" value={seen} />
      <input type="hidden" name="changes" value={changes} />
      <input type="hidden" name="offered" value={offered.join(" ")} />
      {tables.map((table) => (
        <Grid key={table.caption} table={table} say={setBrought} />
      ))}
      {unseen && <p className="max-w-[65ch]">{unseen}</p>}
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
        </div>
      )}
      <div role="status" className="max-w-[65ch] text-sm text-quiet empty:hidden">
        {brought && <p>{brought}</p>}
        {said && <p>{said}</p>}
      </div>
      <div className="flex flex-wrap gap-3">
        <SubmitButton name="step" value="review">
          See what changes
        </SubmitButton>
        <ButtonLink href={`/account/groups/${group}`}>Cancel</ButtonLink>
      </div>
    </div>
  );
};
