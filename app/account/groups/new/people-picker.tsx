"use client";

import { boxClass } from "@/components/field";
import { useField } from "@/components/form";
import { Icon } from "@/components/icon";
import { SubmitButton } from "@/components/submit-button";
import { PeopleTicks, type Person } from "../people-ticks";

/** Members to be ticked, with a search: those ticked stay in sight, whatever is searched for next. */
export function PeoplePicker({ q, people, ticked, more, searched, listed }: Props) {
  const { error, id, control } = useField("members");
  const shown = [...new Map(people.map((person) => [person.id, person])).values()];
  const found = shown.filter((person) => !ticked.has(person.id)).length;
  return (
    <fieldset className="space-y-3">
      <legend className="mb-1.5 font-medium">Members</legend>
      <input type="hidden" name="listed" value={listed(shown)} />
      <div className="flex flex-wrap items-end gap-3">
        <label className="grow basis-56">
          <span className="mb-1 block text-sm text-quiet">Name or address</span>
          <input
            {...control}
            type="search"
            name="q"
            defaultValue={q}
            maxLength={200}
            autoComplete="off"
            className={boxClass}
          />
        </label>
        <SubmitButton name="step" value="find" tone="plain">
          Search
        </SubmitButton>
      </div>
      {error && (
        <p id={`${id}-error`} className="flex gap-1.5 text-sm text-danger">
          <Icon name="danger" className="mt-0.5" />
          {error}
        </p>
      )}
      <p role="status" className="text-sm text-quiet empty:hidden">
        {searched && wordsFor(q, found, more)}
      </p>
      <PeopleTicks people={shown} ticked={ticked} />
      {more && !searched && <p className="text-sm text-quiet">These are the first by name: search for others.</p>}
    </fieldset>
  );
}

type Props = {
  q: string;
  people: readonly Person[];
  ticked: ReadonlySet<string>;
  /** Whether more people fit than are shown. */
  more: boolean;
  searched: boolean;
  listed: (people: readonly Person[]) => string;
};

const wordsFor = (q: string, found: number, more: boolean): string => {
  const among = q ? ` match “${q}”` : "";
  if (found === 0) return q ? `Nobody else matches “${q}”.` : "Everybody is chosen.";
  if (more)
    return `The first ${found} of those who${among || " could be chosen"}: search for more of a name to see others.`;
  return found === 1 && q ? `1 person matches “${q}”.` : `${found} people${among || " to choose from"}.`;
};
