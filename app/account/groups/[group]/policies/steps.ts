import { type Grant, grant } from "@/lib/access/grant";
import type { NamedPolicy } from "@/lib/access/named";
import { keyOf, type Policy } from "@/lib/access/policy";
import { readNamed } from "@/lib/groups/choices";
import { writeDraft } from "@/lib/groups/draft";
import { readGivable } from "@/lib/groups/givable";
import { impactOf } from "@/lib/groups/impact";
import { type Changed, changedBy, draftOf, isPartOf, isSource, type Part, readWord } from "@/lib/groups/parts";
import { versionOf } from "@/lib/groups/policies";
import type { GroupWhole } from "@/lib/groups/queries";
import type { PoliciesInput } from "@/lib/groups/schema";
import { done, invalid, type Result, refused } from "@/lib/result";
import { readSource } from "@/lib/sources/queries";
import { effectsOf, firstOf, sentence } from "../../words";
import { draw, policiesOf, readEditable } from "./draw";
import type { Editing, Reviewing, Saved } from "./view";

/** What saving would do, in words; nothing is changed. */
const review = async (
  granted: Grant<"groups.edit" | "groups.create">,
  group: GroupWhole,
  { about, draft, seen }: PoliciesInput,
  changed: Changed,
  named: readonly NamedPolicy[],
): Promise<Result<Reviewing>> => {
  const reading = grant(granted.actor, "groups.read");
  const impacts = reading && (await impactOf(reading, group.id, together(group, about, changed)));
  if (!impacts) return refused({ code: "not-found" });
  const gone = new Set(changed.removed.map(keyOf));
  const asked = new Set([...draft.keys()].map((word) => readWord(about, word)).map((one) => one && keyOf(one)));
  return done({
    step: "review",
    seen: versionOf(policiesOf(group)),
    outdated: seen !== versionOf(policiesOf(group)),
    changes: writeDraft(draftOf(about, changed)),
    added: firstOf(named.map(sentence)),
    removed: firstOf(group.named.filter(({ policy }) => gone.has(keyOf(policy))).map(sentence)),
    along: firstOf(named.filter(({ policy }) => !asked.has(keyOf(policy))).map(sentence)),
    effects: effectsOf(impacts).map(({ whom, what }) => ({ whom, what: firstOf(what) })),
  });
};

/**
 * What a draft adds, with names. Before any is told, in whatever step: a source that doesn't show to whoever asks, unless
 * the group has something on it, is not found, and what they couldn't hand out is refused.
 */
const readAdded = async (
  granted: Grant<"groups.edit" | "groups.create">,
  group: GroupWhole,
  about: Part,
  { added }: Changed,
): Promise<Result<NamedPolicy[]>> => {
  const shows = !isSource(about) || policiesOf(group).some(isPartOf(about)) || (await readSource(granted.actor, about));
  if (!shows) return refused({ code: "not-found" });
  const [named, givable] = await Promise.all([readNamed(granted, added), readGivable(granted, group)]);
  if (!named) return refused({ code: "not-found" });
  const beyond = named.find(({ policy }) => !givable(policy));
  return beyond ? refused({ code: "beyond-own-rights", missing: beyond.policy.right }) : done(named);
};

/** What the group has once this is saved: this part with the changes, and every other part as it is. */
const together = (group: GroupWhole, about: Part, { after }: Changed): Policy[] => [
  ...policiesOf(group).filter((policy) => !isPartOf(about)(policy)),
  ...after,
];

/** How a press on Save is done: `policies` is what the group is to have, `added` what of that it hasn't yet. */
type Save = (
  group: GroupWhole["id"],
  wanted: { policies: Policy[]; added: Policy[]; seen: string },
) => Promise<Result<null>>;

/**
 * Takes one step of the form. Refuses unknown groups and resources, policies that don't belong to the form, and taking
 * any away from whoever may only add.
 */
export const take = async (
  granted: Grant<"groups.edit" | "groups.create">,
  input: PoliciesInput,
  save: Save,
): Promise<Result<Editing | Reviewing | Saved>> => {
  const group = await readEditable(granted, input.group);
  if (!group) return refused({ code: "not-found" });
  const { step, about, draft, q, seen } = input;
  const changed = changedBy(policiesOf(group), about, draft);
  if (!changed) return invalid("policies", "This isn't something we know.");
  if (granted.right === "groups.create" && changed.removed.length > 0)
    return refused({ code: "forbidden", missing: "groups.edit" });
  const added = await readAdded(granted, group, about, changed);
  if (!added.ok) return added;
  if (step === "review") return review(granted, group, input, changed, added.value);
  if (step === "save") {
    const saved = await save(group.id, { policies: together(group, about, changed), added: changed.added, seen });
    if (saved.ok) return done({ step: "saved", group: group.id });
    // What it would do now has to be seen before it is saved.
    return saved.refusal.code === "changed-meanwhile" ? take(granted, { ...input, step: "review" }, save) : saved;
  }
  const drawn = await draw(granted, group, about, draft, { q, searched: step === "find", back: step === "back" });
  return drawn ? done(drawn) : refused({ code: "not-found" });
};
