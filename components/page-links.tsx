import { buttonClass } from "./button";

/** The ways to the pages before and after this one of a list, where there are any. */
export const PageLinks = ({ previous, next }: { previous: string | null; next: string | null }) =>
  (previous || next) && (
    <nav aria-label="Pages" className="flex flex-wrap gap-3">
      {previous && (
        <a href={previous} className={buttonClass()}>
          Previous
        </a>
      )}
      {next && (
        <a href={next} className={buttonClass()}>
          Next
        </a>
      )}
    </nav>
  );
