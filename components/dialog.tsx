"use client";

import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { Button } from "./button";

/**
 * A question that must be answered before anything else. `onCancel` is called for Cancel and for Escape; the answer is the
 * form or button in `children`. The browser's own dialog: what lies behind it can't be reached meanwhile.
 */
export function Dialog({ title, body, onCancel, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed before it is taken out of the page: only then does the browser give focus back to where it was.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // The harmless answer first: whoever presses Enter without reading has changed nothing.
    shown?.querySelector<HTMLElement>("[data-cancel]")?.focus();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-body`}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
      className="m-auto w-[min(32rem,calc(100vw-2rem))] rounded-card border border-edge bg-surface p-5 text-left text-ink shadow-lg backdrop:bg-black/50 sm:p-6"
    >
      <h2 id={`${id}-title`} className="wrap-anywhere">
        {title}
      </h2>
      <div id={`${id}-body`} className="mt-2 text-quiet">
        {body}
      </div>
      <div className="mt-5 flex flex-wrap gap-3">
        {children}
        <Button data-cancel onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </dialog>
  );
}

type DialogProps = { title: ReactNode; body: ReactNode; onCancel: () => void; children: ReactNode };
