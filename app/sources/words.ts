import type { Dependents } from "@/lib/sources/queries";
import type { Harvest } from "@/lib/sources/store";

const counted = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** `3 schemas and 1 table`. */
export const wordsForContents = ({ schemas, tables }: { schemas: number; tables: number }): string =>
  `${counted(schemas, "schema")} and ${counted(tables, "table")}`;

/** What reading the catalogue again brought. */
export const wordsForHarvest = ({ added, back, gone, ...all }: Harvest): string => {
  const changes = Object.entries({ new: added, back, gone }).filter(([, count]) => count > 0);
  const news = changes.map(([what, count]) => `${counted(count, "is", "are")} ${what}`).join(", ");
  return `The database now has ${wordsForContents(all)}${news ? `: ${news}.` : ". Nothing is new and nothing is gone."}`;
};

export const questionFor = (name: string): string => `Delete ${name}?`;

/** What happens to whom when a source is deleted; names only of what the reader may see anyway. */
export const wordsForLoss = ({ groups, domains, groupNames, domainNames }: Dependents): string[] => {
  const list = new Intl.ListFormat("en");
  const named = (names: readonly string[], count: number) =>
    names.length === 0 ? "" : `: ${list.format(names.length < count ? [...names, "others"] : names)}`;
  return [
    groups > 0 &&
      `${counted(groups, "group loses its policies", "groups lose their policies")} on it${named(groupNames, groups)}.`,
    domains > 0 &&
      `${counted(domains, "domain loses", "domains lose")} what comes from it${named(domainNames, domains)}.`,
    groups + domains === 0 && "No group has a policy on it, and no domain has anything of it.",
  ].filter((words) => words !== false);
};

/** What has just happened, for the page it led to. */
export const outcomes: ReadonlyMap<unknown, string> = new Map([
  ["connected", "The source is connected. Owners see it; others once a policy of one of their groups lets them."],
  ["saved", "Your changes are saved."],
  ["connection", "The source is read from there from now on."],
  ["deleted", "The source is deleted. The database it read is as it was."],
]);
