import { inWords, type NamedPolicy } from "@/lib/access/named";
import type { Impact } from "@/lib/groups/impact";

/** What has just happened, when the address says so. */
export const outcomes: ReadonlyMap<unknown, string> = new Map([
  ["created", "The group is made. What its members see and do through it is decided by its policies."],
  ["copied", "The group is made, with the policies of the other."],
  ["details", "The details are saved."],
  ["policies", "The policies are saved. They hold from this moment on."],
  ["removed", "The policy is taken away. That holds from this moment on."],
  ["deleted", "The group is deleted. Its members keep what other groups give them."],
]);

/** `1 person`, `7 people`, `1,204 people`. */
export const peopleInWords = (people: number): string =>
  `${people.toLocaleString("en")} ${people === 1 ? "person" : "people"}`;

/** What becomes of open invites when a group they name is deleted. */
export const invitesInWords = (invites: number): string =>
  invites === 1
    ? "1 open invite names this group. It goes on without it, and its history says so."
    : `${invites.toLocaleString("en")} open invites name this group. They go on without it, and their history says so.`;

/** `7 people gain`, with what. */
export type Effect = { whom: string; what: string[] };

/** What the same people gain, or lose, stands together; as many others are said to be others. */
export const effectsOf = (impacts: readonly Impact[]): Effect[] => {
  const crowds = new Map<string, Impact[]>();
  for (const impact of impacts) {
    const key = `${impact.gains} ${impact.who}`;
    const crowd = crowds.get(key);
    if (crowd) crowd.push(impact);
    else crowds.set(key, [impact]);
  }
  const said = new Set<string>();
  return [...crowds.values()].map((crowd) => {
    const [{ people, gains } = { people: 0, gains: true }] = crowd;
    const [count, verb] = [peopleInWords(people), people === 1 ? (gains ? "gains" : "loses") : gains ? "gain" : "lose"];
    const others = said.has(`${count} ${verb}`);
    said.add(`${count} ${verb}`);
    return { whom: others ? `${count}, not the same, ${verb}` : `${count} ${verb}`, what: crowd.map(sentence) };
  });
};

/** `Invite users`. */
export const sentence = (policy: NamedPolicy): string => {
  const words = inWords(policy);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const mostNamed = 8;

/** The first few of many, and how many more there are. */
export const firstOf = (what: readonly string[]): string[] =>
  what.length <= mostNamed + 1
    ? [...what]
    : [...what.slice(0, mostNamed), `And ${(what.length - mostNamed).toLocaleString("en")} more`];
