"use client";

import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { Chip } from "./chip";
import { type ChipWords, isComplete, type Judge, summary, withEntries } from "./chips";
import { boxClass, Labelled } from "./field";
import { useField } from "./form";

/**
 * Many entries in one field: a text box, which becomes chips when script runs. `split` takes typed text apart,
 * `judge` gives the one spelling of an entry or null for one that needs attention, which stays and says `problem`.
 * `suggest` may have another entry to offer for a good one: a choice, never taken by itself.
 */
export function ChipsField({
  name,
  label,
  hint,
  defaultValue,
  split,
  judge,
  suggest,
  words,
  problem,
  onEntries,
}: Props) {
  const { id, error, typed, control } = useField(name, hint);
  const text = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const focusNext = useRef<number | null>(null);
  const [chips, setChips] = useState<readonly string[] | null>(null);
  const [draft, setDraft] = useState(typed ?? defaultValue ?? "");
  const [said, setSaid] = useState("");
  const places = () => [...(box.current?.querySelectorAll<HTMLElement>("[data-chip], textarea") ?? [])];
  const focus = (place: number) =>
    places()
      .at(Math.min(place, places().length - 1))
      ?.focus();

  // What was typed before script ran: chips, or, in the middle of typing, still a text.
  useLayoutEffect(() => {
    const before = text.current;
    if (!before || chips) return;
    const typing = document.activeElement === before && !isComplete(before.value);
    setChips(typing ? [] : withEntries([], split(before.value), judge).chips);
    setDraft(typing ? before.value : "");
  }, [chips, split, judge]);

  // After every render, for an answer empties the form behind our back.
  useLayoutEffect(() => {
    if (chips && text.current && text.current.value !== draft) text.current.value = draft;
    if (focusNext.current !== null) focus(focusNext.current);
    focusNext.current = null;
  });
  useLayoutEffect(() => {
    if (chips) onEntries([...chips, ...split(draft)]);
  }, [chips, draft, split, onEntries]);

  const commit = (entered: string, among = chips ?? []) => {
    const added = withEntries(among, split(entered), judge);
    setChips(added.chips);
    setDraft("");
    const questions = added.chips.filter((chip) => !among.includes(chip)).map((chip) => suggest(chip)?.question);
    if (entered.trim())
      setSaid([summary(added.chips, added.merged, judge, words), ...questions].filter(Boolean).join(" "));
    return added.chips;
  };
  const latest = useRef({ draft, commit });
  useLayoutEffect(() => {
    latest.current = { draft, commit };
  });
  // A chip moves what lies below it: a press on its way there lands first, and may itself change what is here.
  const leave = () => {
    if (!document.querySelector(":active")) return commit(draft);
    const landed = () => setTimeout(() => latest.current.draft === draft && latest.current.commit(draft));
    document.addEventListener("mouseup", landed, { once: true, capture: true });
  };
  const without = (place: number) => (chips ?? []).filter((_chip, index) => index !== place);
  const remove = (place: number) => {
    setChips(without(place));
    setSaid(`Removed ${chips?.[place]}. ${summary(without(place), [], judge, words)}`);
    focusNext.current = place;
  };
  const mend = (place: number) => {
    focusNext.current = commit(draft, without(place)).length;
    setDraft(chips?.[place] ?? "");
  };
  const take = (place: number, entry: string) => {
    focusNext.current = commit(entry, without(place)).length;
  };
  const onDraftKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      commit(draft);
    }
    const back = event.key === "Backspace" ? draft === "" : event.key === "ArrowLeft" && selectionEnd === 0;
    if (back && selectionStart === 0 && chips?.length) {
      event.preventDefault();
      focus(chips.length - 1);
    }
  };
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget;
    const whole = `${draft.slice(0, selectionStart)}${event.clipboardData.getData("text")}${draft.slice(selectionEnd)}`;
    const entries = split(whole);
    // A piece of an address is not one yet: it is pasted as text, to be typed on.
    if (entries.length < 2 && entries.every((entry) => judge(entry) === null)) return;
    event.preventDefault();
    commit(whole);
  };

  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      {chips && <input type="hidden" name={name} value={[...chips, ...(draft.trim() ? [draft] : [])].join("\n")} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: a press beside the chips goes to the field, which keyboards reach anyway. */}
      <div
        ref={box}
        className={`${boxClass} ${listClass}`}
        onClick={({ target, currentTarget }) => target === currentTarget && focus(Number.POSITIVE_INFINITY)}
      >
        {chips && chips.length > 0 && (
          <ul aria-label="Added" className="contents">
            {chips.map((chip, place) => (
              <Chip
                key={chip}
                problem={judge(chip) === null ? problem : undefined}
                suggestion={suggest(chip)?.question}
                onTake={() => take(place, suggest(chip)?.entry ?? chip)}
                onMend={() => mend(place)}
                onRemove={() => remove(place)}
                onMove={(steps) => focus(Math.max(0, place + steps))}
              >
                {chip}
              </Chip>
            ))}
          </ul>
        )}
        <textarea
          {...control}
          name={chips ? undefined : name}
          ref={text}
          value={draft}
          dir="ltr"
          spellCheck={false}
          autoCapitalize="none"
          rows={chips ? 1 : 5}
          onChange={({ target }) => (isComplete(target.value) ? commit(target.value) : setDraft(target.value))}
          onKeyDown={onDraftKey}
          onPaste={onPaste}
          onBlur={({ relatedTarget }) => relatedTarget?.getAttribute("type") !== "submit" && draft && leave()}
          className="min-w-40 grow resize-none self-center bg-transparent outline-none pointer-coarse:min-h-9"
        />
      </div>
      <p role="status" className="mt-1.5 text-sm text-quiet empty:hidden">
        {said}
      </p>
    </Labelled>
  );
}

type Props = {
  name: string;
  label: string;
  hint?: ReactNode;
  defaultValue?: string;
  split: (text: string) => string[];
  judge: Judge;
  suggest: (entry: string) => { question: string; entry: string } | null;
  words: ChipWords;
  problem: string;
  /** Told what is in the field, whether committed or still being typed. */
  onEntries: (entries: string[]) => void;
};

const listClass =
  "flex min-h-32 flex-wrap content-start items-center gap-1.5 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent has-aria-invalid:border-2 has-aria-invalid:border-danger";
