"use client";

import type { KeyboardEvent } from "react";
import { Icon } from "./icon";

/**
 * One entry of a chips field: pressing it turns it back into text, its cross removes it. Arrows move across the chips,
 * Backspace and Delete remove this one. It is reached from the field, so that Tab doesn't stop at each of 200.
 */
export function Chip({ problem, suggestion, onTake, onMend, onRemove, onMove, children }: Props) {
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const press = keys.get(event.key);
    if (!press) return;
    event.preventDefault();
    if (press === "remove") onRemove();
    else onMove(press);
  };
  return (
    <li
      className={`flex max-w-full items-stretch rounded border text-[0.8125rem] leading-6 ${tone(problem, suggestion)}`}
    >
      <span className="flex min-w-0 flex-wrap">
        <button
          type="button"
          tabIndex={-1}
          data-chip=""
          title="Change"
          onClick={onMend}
          onKeyDown={onKeyDown}
          className="flex min-w-0 cursor-text flex-wrap items-center gap-x-1.5 px-1.5 text-left wrap-anywhere pointer-coarse:min-h-11"
        >
          <span className="min-w-0">{children}</span>
          {problem && (
            <span className="flex items-center gap-1 font-medium text-danger">
              <Icon name="danger" />
              {problem}
            </span>
          )}
        </button>
        {suggestion && (
          <button
            type="button"
            onClick={onTake}
            className="flex min-h-6 cursor-pointer items-center gap-1 rounded px-1 text-left font-medium text-warning underline underline-offset-2 hover:bg-line pointer-coarse:min-h-11"
          >
            <Icon name="warning" />
            {suggestion}
            <span className="sr-only"> Change {children}</span>
          </button>
        )}
      </span>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Remove ${children}`}
        onClick={onRemove}
        className="min-w-6 shrink-0 cursor-pointer rounded px-1 text-quiet hover:bg-line hover:text-ink pointer-coarse:min-w-11"
      >
        <span aria-hidden="true">×</span>
      </button>
    </li>
  );
}

type Props = {
  /** What is wrong with it, if anything. */
  problem: string | undefined;
  /** What may have been meant instead, as a question; pressing it takes it. */
  suggestion: string | undefined;
  onTake: () => void;
  onMend: () => void;
  onRemove: () => void;
  onMove: (steps: number) => void;
  children: string;
};

const tone = (problem: string | undefined, suggestion: string | undefined) =>
  problem ? "border-danger bg-danger-soft" : suggestion ? "border-warning bg-warning-soft" : "border-line bg-sunken";

const keys: ReadonlyMap<string, number | "remove"> = new Map<string, number | "remove">([
  ["ArrowLeft", -1],
  ["ArrowRight", 1],
  ["Home", Number.NEGATIVE_INFINITY],
  ["End", Number.POSITIVE_INFINITY],
  ["Escape", Number.POSITIVE_INFINITY],
  ["Backspace", "remove"],
  ["Delete", "remove"],
]);
