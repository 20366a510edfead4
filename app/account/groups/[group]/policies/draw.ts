import { type Grant, grant } from "@/lib/access/grant";
import type { Policy } from "@/lib/access/policy";
import { readChoices } from "@/lib/groups/choices";
import { type Draft, mostChanges, writeDraft } from "@/lib/groups/draft";
import { changedBy, draftOf, type Part } from "@/lib/groups/parts";
import { versionOf } from "@/lib/groups/policies";
import { type GroupWhole, readGroup } from "@/lib/groups/queries";
import { tablesOf } from "./tables";
import type { Editing } from "./view";

/** The group whose policies are to be changed; nothing for Owners, whose policies can't be. */
export const readEditable = async (
  { actor }: Grant<"groups.edit" | "groups.create" | "groups.delete">,
  id: string,
): Promise<GroupWhole | null> => {
  const reading = grant(actor, "groups.read");
  const group = reading && (await readGroup(reading, id));
  return group && !group.builtIn ? group : null;
};

export const policiesOf = ({ named }: GroupWhole): Policy[] => named.map(({ policy }) => policy);

type Drawing = { q: string; searched: boolean; back: boolean };

/** The form with this draft ticked, or with what the group has; null when the draft names what nobody could have ticked. */
export const draw = async (
  granted: Grant<"groups.edit" | "groups.create">,
  group: GroupWhole,
  about: Part,
  draft: Draft = new Map(),
  { q, searched, back }: Drawing = { q: "", searched: false, back: false },
): Promise<Editing | null> => {
  const changed = changedBy(policiesOf(group), about, draft);
  if (!changed) return null;
  const changes = draftOf(about, changed);
  // Searching on would bring more to tick than a form can hold.
  const full = changes.size > mostChanges;
  const choices = await readChoices(granted, group, about, changed, full ? null : q);
  return (
    choices && {
      step: "edit",
      seen: versionOf(policiesOf(group)),
      changes: writeDraft(changes),
      tables: tablesOf(about, choices.rows),
      q,
      said: full ? tooMany(changes.size) : searched || choices.more ? wordsFor(searched, q, choices) : null,
      unseen: choices.unseen > 0 ? wordsForUnseen(choices.unseen) : null,
      back,
    }
  );
};

const tooMany = (count: number): string =>
  `That is ${count} changes, and ${mostChanges} are as many as fit at a time. Nothing is lost: see what changes and save these, then go on searching.`;

const wordsFor = (searched: boolean, q: string, { found, more }: { found: number; more: boolean }): string => {
  const rest = more ? " Only the first are shown: search for more of a name to see others." : "";
  if (!searched) return rest.trim();
  if (found === 0) return (q ? `Nothing else matches “${q}”.` : "There is nothing else to choose.") + rest;
  return `${found} more to choose from${q ? ` match “${q}”` : ""}.${rest}`;
};

const wordsForUnseen = (count: number): string =>
  `${count.toLocaleString("en")} more ${count === 1 ? "has" : "have"} something ticked and ${count === 1 ? "is" : "are"} not shown. What you don't change stays as it is; search to find ${count === 1 ? "it" : "them"}.`;
