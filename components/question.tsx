import type { ReactNode } from "react";
import { buttonClass } from "./button";

/** The question of a dialog as a part of the page, for those without script. `answer` is the form that does it. */
export const Question = ({ title, body, answer, here }: Props) => (
  <section aria-labelledby="question" className="rounded-card border border-danger bg-surface p-5 sm:p-6">
    <h2 id="question" className="wrap-anywhere">
      {title}
    </h2>
    <div className="mt-2 max-w-[65ch] text-quiet wrap-anywhere">{body}</div>
    <div className="mt-5 flex flex-wrap gap-3">
      {answer}
      <a href={here} className={buttonClass()}>
        Cancel
      </a>
    </div>
  </section>
);

type Props = { title: ReactNode; body: ReactNode; answer: ReactNode; here: string };
