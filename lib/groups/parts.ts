import type { SourceId } from "@/db/schema/ids";
import { keyOf, type Policy, readKey, readOf } from "@/lib/access/policy";
import type { Draft } from "./draft";

/** A part of a group's policies that one form changes: on the whole organization, on domains, or on one source and what is in it. */
export type Part = "administrative" | "domains" | SourceId;

export const isSource = (about: Part): about is SourceId => about !== "administrative" && about !== "domains";

/** Whether a policy belongs to a part. */
export const isPartOf =
  (about: Part) =>
  ({ on }: Policy): boolean => {
    if (about === "administrative") return on === null;
    if (about === "domains") return on !== null && "domain" in on;
    return on !== null && "source" in on && on.source === about;
  };

/** The word for a policy in the form of its part: its key, without the source that all of them are on. */
export const wordOf = (about: Part, policy: Policy): string => keyOf(policy).replace(`/${about}`, "");

/** Reads the word that `wordOf` makes; undefined for any other, and for what belongs to another part. */
export const readWord = (about: Part, word: string): Policy | undefined => {
  const [right, ...rest] = word.split("/");
  const policy = readKey(isSource(about) ? [right, about, ...rest].join("/") : word);
  return policy && isPartOf(about)(policy) ? policy : undefined;
};

/** Policies with the reads that they bring along, each once. */
export const withReads = (policies: readonly Policy[]): Policy[] => {
  const all = policies.flatMap((policy) => [policy, readOf(policy)]).filter((policy) => policy !== undefined);
  return [...new Map(all.map((policy) => [keyOf(policy), policy])).values()];
};

/** What a draft makes of a part of a group's policies; null when it names something that nobody could have ticked. */
export type Changed = Readonly<{ before: Policy[]; after: Policy[]; added: Policy[]; removed: Policy[] }>;

export const changedBy = (policies: readonly Policy[], about: Part, draft: Draft): Changed | null => {
  const before = withReads(policies.filter(isPartOf(about)));
  const after = new Map(before.map((policy) => [keyOf(policy), policy]));
  for (const [word, gains] of draft) {
    const policy = readWord(about, word);
    if (!policy) return null;
    if (gains) after.set(keyOf(policy), after.get(keyOf(policy)) ?? policy);
    else after.delete(keyOf(policy));
  }
  const wanted = withReads([...after.values()]);
  return { before, after: wanted, added: without(wanted, before), removed: without(before, wanted) };
};

/** Those of some policies that are not among others. */
export const without = (policies: readonly Policy[], others: readonly Policy[]): Policy[] => {
  const known = new Set(others.map(keyOf));
  return policies.filter((policy) => !known.has(keyOf(policy)));
};

/** The draft that leads from one state of a part to another. */
export const draftOf = (about: Part, { added, removed }: Changed): Draft =>
  new Map([
    ...added.map((policy): [string, boolean] => [wordOf(about, policy), true]),
    ...removed.map((policy): [string, boolean] => [wordOf(about, policy), false]),
  ]);
