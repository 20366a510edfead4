"use client";

import type { ReactNode } from "react";
import { useState } from "react";
import { buttonClass } from "@/components/button";
import { Dialog } from "@/components/dialog";

/**
 * A press that takes something away: served as a link to `href`, the page with the question on it, and with script asked
 * in a dialog. `answer` is the form that does it; a new `said` closes the dialog, for it is what came of it.
 */
export function AskFirst({ href, label, about, row, title, body, answer, said, onAsk }: Props) {
  const [asked, setAsked] = useState<unknown>(null);
  return (
    <>
      <a
        href={href}
        data-row={row}
        data-press={row && "remove"}
        className={buttonClass("danger")}
        onClick={(event) => {
          event.preventDefault();
          onAsk?.();
          setAsked(said);
        }}
      >
        {label}
        {about && <span className="sr-only"> {about}</span>}
      </a>
      {asked !== null && asked === said && (
        <Dialog title={title} body={body} onCancel={() => setAsked(null)}>
          {answer}
        </Dialog>
      )}
    </>
  );
}

type Props = {
  href: string;
  label: string;
  /** What it is about, where several such presses stand on a page; for readers alone. */
  about?: string;
  /** The row it stands in, if any: focus goes from row to row. */
  row?: string;
  title: ReactNode;
  body: ReactNode;
  answer: ReactNode;
  said: object;
  onAsk?: () => void;
};
