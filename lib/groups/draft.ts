// What somebody changes in a group's policies before it is saved. The form sends only that: a group may have thousands.
// Both ends read it, so it is plain text until `parts.ts` knows what it names.

/** Each policy by its word in the form, and whether the group gains it (or loses it). */
export type Draft = ReadonlyMap<string, boolean>;

/** So many changes are made at a time: a form has to hold them. */
export const mostChanges = 100;

/** `+assets.read/… -source.edit`. */
export const writeDraft = (draft: Draft): string =>
  [...draft].map(([word, gains]) => `${gains ? "+" : "-"}${word}`).join(" ");

export const readDraft = (text: string): Draft =>
  new Map(wordsOf(text).map((change) => [change.slice(1), change.startsWith("+")]));

/** Words that stand in one field. */
export const wordsOf = (text: string): string[] => text.split(" ").filter(Boolean);

/** The draft after somebody was offered boxes: `offered` were ticked when they were drawn, `ticked` are now. */
export const drafted = (draft: Draft, offered: readonly string[], ticked: readonly string[]): Draft => {
  const [before, now] = [new Set(offered), new Set(ticked)];
  return new Map([
    ...draft,
    ...ticked.filter((word) => !before.has(word)).map((word): [string, boolean] => [word, true]),
    ...offered.filter((word) => !now.has(word)).map((word): [string, boolean] => [word, false]),
  ]);
};
