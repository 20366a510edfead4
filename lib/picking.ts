// Things picked from more than fit on a page: some are shown, the rest is searched for, and what is ticked stays in sight.

/** One of them: what it is, what it is called, and what else tells it from others. */
export type Option = Readonly<{ value: string; label: string; hint: string }>;

/** What is shown: those ticked, those found for `q`, and whether more would have been. */
export type Picking = Readonly<{ q: string; chosen: readonly Option[]; found: readonly Option[]; more: boolean }>;

/** So many are picked at a time (a form has to hold them), and so many are shown of what is found. */
export const mostPicked = 50;
const mostFound = 25;

/**
 * The options in sight, as a field of the form: a refusal gives back what was sent, and without script nothing else is left
 * of the page. It is shown to whoever sent it and used for nothing else.
 */
export const writeListed = (options: readonly Option[]): string =>
  new URLSearchParams(
    options.flatMap(({ value, label, hint }) => [
      [value, label],
      [value, hint],
    ]),
  ).toString();

export const readListed = (listed: string): Option[] => {
  const words = new URLSearchParams(listed);
  return [...new Set(words.keys())].map((value) => {
    const [label = "", hint = ""] = words.getAll(value);
    return { value, label, hint };
  });
};

/** What a search shows: what was ticked before it, and what it found. */
export const picked = (
  { q, listed, ticked }: { q: string; listed: string; ticked: readonly string[] },
  found: readonly Option[],
  more: boolean,
): Picking => {
  const chosen = readListed(listed).filter(({ value }) => ticked.includes(value));
  return { q, chosen, found: found.slice(0, mostFound), more: more || found.length > mostFound };
};
