"use client";

import { type ReactNode, useState } from "react";
import { buttonClass } from "./button";
import { Dialog } from "./dialog";

/**
 * A press that takes something away: served as a link to `href`, the page with the question on it, and with script asked
 * in a dialog. `answer` is the form that does it. What came of it is said inside the dialog, or elsewhere: then a new
 * `said` closes it.
 */
export function AskFirst({ href, label, about, row, title, body, answer, said = inside, onAsk }: Props) {
  const [asked, setAsked] = useState<unknown>(null);
  return (
    <>
      <a
        href={href}
        data-row={row}
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

const inside = {};

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
  said?: object;
  onAsk?: () => void;
};
