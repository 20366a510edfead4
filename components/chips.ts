/** One spelling for everything that means the same, or null for an entry that is not right. */
export type Judge = (entry: string) => string | null;

const keyOf = (entry: string, judge: Judge): string => judge(entry) ?? entry;

/** The chips with these entries behind them; an entry that is there already merges, and is named in `merged`. */
export const withEntries = (chips: readonly string[], entries: readonly string[], judge: Judge) => {
  const keys = new Set(chips.map((chip) => keyOf(chip, judge)));
  const fresh: string[] = [];
  const merged: string[] = [];
  for (const entry of entries) {
    const key = keyOf(entry, judge);
    (keys.has(key) ? merged : fresh).push(key);
    keys.add(key);
  }
  return { chips: [...chips, ...fresh], merged };
};

/** Whether a text being typed has come to the end of an entry: at a separator that no open quote holds. */
export const isComplete = (draft: string): boolean => /[,;\n]/.test(draft.replace(/"[^"\n]*(?:"|$)/g, ""));

export type ChipWords = { one: string; many: string };

/** `3 addresses added, 1 needs attention.` */
export const summary = (
  chips: readonly string[],
  merged: readonly string[],
  judge: Judge,
  words: ChipWords,
): string => {
  const bad = chips.filter((chip) => judge(chip) === null).length;
  const attention = bad === 0 ? "" : `, ${bad} ${bad === 1 ? "needs" : "need"} attention`;
  const total = `${chips.length} ${chips.length === 1 ? words.one : words.many} added${attention}.`;
  if (merged.length === 0) return total;
  return `${total} ${merged.length === 1 ? `${merged[0]} was there already.` : `${merged.length} were there already.`}`;
};
