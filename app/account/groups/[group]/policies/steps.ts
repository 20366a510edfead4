import { type Grant, grant } from "@/lib/access/grant";
import { keyOf, type Policy } from "@/lib/access/policy";
import { isPartOf, readChoices, readNamed, withReads } from "@/lib/groups/choices";
import { impactOf } from "@/lib/groups/impact";
import { setPolicies, stateOf } from "@/lib/groups/policies";
import { type GroupWhole, readGroup } from "@/lib/groups/queries";
import type { PoliciesInput } from "@/lib/groups/schema";
import { done, invalid, type Result, refused } from "@/lib/result";
import { effectsOf, sentence } from "../../words";
import { tablesOf } from "./tables";
import type { Editing, Reviewing, Saved } from "./view";

/** The group whose policies are to be changed; nothing for Owners, whose policies can't be. */
export const readEditable = async ({ actor }: Grant<"groups.edit">, id: string): Promise<GroupWhole | null> => {
  const reading = grant(actor, "groups.read");
  const group = reading && (await readGroup(reading, id));
  return group && !group.builtIn ? group : null;
};

const policiesOf = ({ named }: GroupWhole): Policy[] => named.map(({ policy }) => policy);

type Drawing = { q: string; searched: boolean; back: boolean };

/** The form with these policies ticked, or with those that the group has. */
export const draw = async (
  granted: Grant<"groups.edit">,
  group: GroupWhole,
  about: PoliciesInput["about"],
  chosen: readonly Policy[] = policiesOf(group).filter(isPartOf(about)),
  { q, searched, back }: Drawing = { q: "", searched: false, back: false },
): Promise<Editing | null> => {
  const ticked = withReads(chosen);
  const choices = await readChoices(granted, group, about, ticked, q);
  return (
    choices && {
      step: "edit",
      seen: stateOf(policiesOf(group)),
      ticked: ticked.map(keyOf),
      tables: tablesOf(choices.rows),
      q,
      found: searched ? wordsFor(q, choices.found) : null,
      more: choices.more,
      back,
    }
  );
};

const wordsFor = (q: string, found: number): string => {
  if (found === 0) return q ? `Nothing else matches “${q}”.` : "There is nothing else to choose.";
  return `${found} more to choose from${q ? ` match “${q}”` : ""}.`;
};

/** What saving would do, in words; nothing is changed. */
const review = async (
  granted: Grant<"groups.edit">,
  group: GroupWhole,
  input: PoliciesInput,
): Promise<Reviewing | null> => {
  const reading = grant(granted.actor, "groups.read");
  const named = await readNamed(granted, withReads(input.policies));
  const impacts = reading && named && (await impactOf(reading, group.id, together(group, input)));
  if (!impacts || !named) return null;
  const [before, after] = [keysOf(policiesOf(group)), keysOf(withReads(input.policies))];
  const added = named.filter(({ policy }) => !before.has(keyOf(policy)));
  const sent = keysOf(input.policies);
  return {
    step: "review",
    seen: stateOf(policiesOf(group)),
    ticked: [...after],
    added: added.map(sentence),
    removed: group.named
      .filter(({ policy }) => isPartOf(input.about)(policy) && !after.has(keyOf(policy)))
      .map(sentence),
    along: added.filter(({ policy }) => !sent.has(keyOf(policy))).map(sentence),
    effects: effectsOf(impacts),
  };
};

const keysOf = (policies: readonly Policy[]): ReadonlySet<string> => new Set(policies.map(keyOf));

/** What the group has once this is saved: what was chosen with the reads it brings, and every other part as it is. */
const together = (group: GroupWhole, { about, policies }: PoliciesInput): Policy[] => [
  ...policiesOf(group).filter((policy) => !isPartOf(about)(policy)),
  ...withReads(policies),
];

/** Takes one step of the form. Refuses unknown groups and resources, and policies that don't belong to the form. */
export const take = async (
  granted: Grant<"groups.edit">,
  input: PoliciesInput,
): Promise<Result<Editing | Reviewing | Saved>> => {
  const group = await readEditable(granted, input.group);
  if (!group) return refused({ code: "not-found" });
  const { step, about, policies, q } = input;
  if (!policies.every(isPartOf(about))) return invalid("policies", "This isn't something we know.");
  if (step === "save") {
    const saved = await setPolicies(granted, group.id, together(group, input), input.seen);
    return saved.ok ? done({ step: "saved", group: group.id }) : saved;
  }
  const answer =
    step === "review"
      ? await review(granted, group, input)
      : await draw(granted, group, about, policies, { q, searched: step === "find", back: step === "back" });
  return answer ? done(answer) : refused({ code: "not-found" });
};
