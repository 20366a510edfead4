/** Everything that is left to chance, from one number: the same seed makes the same choices again. */
export type Chance = Readonly<{
  /** A whole number from 0 on, below this. */
  below: (most: number) => number;
  /** Whether something happens that happens so often in a hundred. */
  percent: (often: number) => boolean;
  oneOf: <T>(choices: readonly T[]) => T;
  /** One of these names, each as often as its weight says. */
  weighted: <Name extends string>(weights: Readonly<Record<Name, number>>) => Name;
  /** Gives one after the other until all were given, in an order of chance, and then all again in another. */
  inTurn: <T>(items: readonly T[]) => () => T;
  shuffled: <T>(items: readonly T[]) => T[];
  /** Choices of its own for somebody who acts beside others. */
  apart: () => Chance;
}>;

/** The generator is mulberry32: 32 bits of state, good enough for choices. */
export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number) => Math.floor(next() * most);
  const oneOf = <T>(choices: readonly T[]): T => {
    const [one] = choices.slice(below(choices.length));
    if (one === undefined) throw new Error("There is nothing to choose from");
    return one;
  };
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, place: next() }))
      .sort((one, other) => one.place - other.place)
      .map(({ item }) => item);
  const inTurn = <T>(items: readonly T[]) => {
    let ahead: T[] = [];
    return (): T => {
      if (ahead.length === 0) ahead = shuffled(items);
      return ahead.pop() ?? oneOf(items);
    };
  };
  return {
    below,
    percent: (often) => below(100) < often,
    oneOf,
    weighted: (weights) => oneOf(byWeight(weights)),
    shuffled,
    inTurn,
    apart: () => chanceOf(below(2 ** 31)),
  };
};

/** Each of these names as often as its weight says. */
export const byWeight = <Name extends string>(weights: Readonly<Record<Name, number>>): Name[] =>
  namesOf(weights).flatMap((name) => Array.from({ length: weights[name] }, () => name));

/** Object.keys forgets the names it was given. */
const namesOf = <Name extends string>(record: Readonly<Record<Name, unknown>>) => Object.keys(record) as Name[];
