"use client";

import type { ComponentType } from "react";
import { boxClass } from "@/components/field";
import { useField } from "@/components/form";
import { SubmitButton } from "@/components/submit-button";
import { Ticks } from "@/components/ticks";
import { chosenOf, typedOf } from "@/lib/form";
import { mostPicked, type Picking, readListed, writeListed } from "@/lib/picking";

/**
 * Boxes to tick, sent as `name[]`, with a search among more of them than are shown. Searching sends the form too (`step` is
 * `find`), so it works without script and loses nothing; what is ticked stays in sight whatever is searched for next.
 */
export function Picker({ name, legend, label, words, first, drawn, hintAs: Hint }: PickerProps) {
  const { answer } = useField(name);
  const listed = typedOf(answer, "listed");
  const { q, chosen, found, more } = drawn ?? first;
  const options = listed === undefined ? [...chosen, ...found] : readListed(listed);
  const shown = [...new Map(options.map((option) => [option.value, option])).values()];
  const ticked = chosenOf(answer, name) ?? chosen.map(({ value }) => value);
  const fresh = shown.filter(({ value }) => !ticked.includes(value)).length;
  return (
    <div className="space-y-3">
      <input type="hidden" name="listed" value={writeListed(shown)} />
      <Ticks
        name={name}
        legend={legend}
        hint={`Choose at least one, and at most ${mostPicked} at a time.`}
        search={
          <>
            <Search label={label} q={typedOf(answer, "q") ?? q} />
            <p role="status" className="mt-3 text-sm text-quiet wrap-anywhere empty:hidden">
              {drawn && wordsFor(words, q, fresh, more)}
            </p>
          </>
        }
        options={shown.map((option) => ({ ...option, hint: Hint ? <Hint>{option.hint}</Hint> : option.hint }))}
        defaultValue={ticked}
      />
      {more && !drawn && (
        <p className="text-sm text-quiet">These are the first by name: search for more of a name to see others.</p>
      )}
    </div>
  );
}

const Search = ({ label, q }: { label: string; q: string }) => (
  <div className="flex flex-wrap items-end gap-3">
    <label className="grow basis-56">
      <span className="mb-1 block text-sm text-quiet">{label}</span>
      <input type="search" name="q" defaultValue={q} maxLength={200} autoComplete="off" className={boxClass} />
    </label>
    <SubmitButton name="step" value="find" tone="plain">
      Search
    </SubmitButton>
  </div>
);

type Words = { none: string; one: string; many: string };
type PickerProps = {
  name: string;
  legend: string;
  /** What can be searched for. */
  label: string;
  /** `Nobody`, `person`, `people`. */
  words: Words;
  /** What the page shows, and what a search has shown since. */
  first: Picking;
  drawn: Picking | null;
  hintAs?: ComponentType<{ children: string }>;
};

const wordsFor = ({ none, one, many }: Words, q: string, found: number, more: boolean): string => {
  const among = q ? ` match “${q}”` : "";
  if (found === 0) return `${none} else ${q ? `matches “${q}”` : "is left to choose"}.`;
  if (more)
    return `The first ${found} of those that${among || " could be chosen"}: search for more of a name to see others.`;
  return found === 1 && q ? `1 ${one} matches “${q}”.` : `${found} ${many}${among || " to choose from"}.`;
};
