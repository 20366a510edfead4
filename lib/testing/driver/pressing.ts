import { eventually } from "../eventually";
import type { Replica } from "../fleet";
import { type Answer, formsOf, type ServedForm, textOf, Visitor } from "../visitor";
import type { Chance } from "./chance";
import type { Organization, World } from "./world";

// How people press: whatever breaks meanwhile, until somebody has told them what came of it.

export const ownerAt = ({ owner }: Organization, replica: Replica): Visitor => {
  const visitor = owner.get(replica);
  if (!visitor) throw new Error("The owner is signed in everywhere");
  return visitor;
};

/**
 * One exchange as an obstinate person has it: when no answer comes, or one that says to try again, the same is tried again
 * at whichever server answers. Any other answer than words for a person is a defect.
 */
const insist = (
  { fleet }: Pick<World, "fleet">,
  chance: Chance,
  exchange: (replica: Replica) => Promise<Answer>,
): Promise<Answer> => {
  let last = "no answer";
  const ask = async () => {
    const replica = chance.oneOf(fleet.replicas);
    const answer = replica.isUp ? await exchange(replica).catch(() => null) : null;
    if (answer === null) return null;
    last = `${answer.status}: ${textOf(answer.html)}`;
    if (answer.status > 503 || answer.status === 500) throw new Error(`Answered ${last}`);
    return answer.status === 503 ? null : answer;
  };
  return eventually("somebody answers", ask, 120).catch((error: unknown) => {
    throw new Error(`${error}; the last was ${last}`);
  });
};

/** The page and then the form on it, found by `pick`; null when the page doesn't offer it. */
export const press = async (
  world: World,
  chance: Chance,
  visitorAt: (replica: Replica) => Visitor,
  path: string,
  pick: (html: string) => ServedForm | undefined,
  fill: Record<string, string> = {},
): Promise<Answer | null> => {
  const page = await insist(world, chance, (replica) => visitorAt(replica).get(path));
  const form = pick(page.html);
  return form ? insist(world, chance, (replica) => visitorAt(replica).post(path, form, fill)) : null;
};

/** Somebody who comes with a new browser, which they keep whichever server answers. */
export const stranger = () => {
  const browsers = new Map<Replica, Visitor>();
  return (replica: Replica): Visitor => {
    const known = browsers.get(replica) ?? new Visitor(replica.url);
    browsers.set(replica, known);
    return known;
  };
};

export const withButton = (words: string) => (html: string) => formsOf(html).find(({ button }) => button === words);
export const withField = (name: string) => (html: string) => formsOf(html).find(({ fields }) => name in fields);

/** What was said, if it is one of these; anything else is a defect. */
export const oneOfThese = (html: string, ...words: readonly RegExp[]): number => {
  const at = words.findIndex((each) => each.test(textOf(html)));
  if (at < 0) throw new Error(`Nobody should be told: ${textOf(html)}`);
  return at;
};
