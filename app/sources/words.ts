import type { Gathering, Source } from "@/lib/sources/queries";
import type { Harvest } from "@/lib/sources/store";

const counted = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

const together = new Intl.ListFormat("en");

/** `3 schemas and 1 table`; what there is none of is left out. */
export const wordsForContents = ({ schemas, tables }: { schemas: number; tables: number }): string => {
  const parts = [schemas > 0 ? [counted(schemas, "schema")] : [], tables > 0 ? [counted(tables, "table")] : []].flat();
  return together.format(parts) || "no schema or table";
};

/** How much of a source shows to whoever looks, and why when it is nothing. */
export const leadFor = ({ enabled, schemas, tables, mayEdit }: Source, owner: boolean): string => {
  if (!enabled) return "What is in this source shows to nobody until it is enabled again.";
  if (schemas + tables > 0) return `You can see ${wordsForContents({ schemas, tables })}.`;
  if (owner)
    return "The user this source is read with may read no schema of this database. Grant it USAGE on schemas and SELECT on tables there, then press Refresh.";
  return `You can see this source, but not what is in it${mayEdit ? ", though you may change it" : ""}: that takes Asset details in one of your groups.`;
};

/** What reading the catalogue again brought; how much that is, only for whoever sees all of it. */
export const wordsForHarvest = ({ added, back, gone, ...all }: Harvest, seesAll: boolean): string => {
  if (!seesAll) return "The database was read again.";
  const changes = Object.entries({ new: added, back, gone }).filter(([, count]) => count > 0);
  const news = changes.map(([what, count]) => `${counted(count, "is", "are")} ${what}`).join(", ");
  return `The database now has ${wordsForContents(all)}${news ? `: ${news}.` : ". Nothing is new and nothing is gone."}`;
};

export const questionFor = (name: string): string => `Delete ${name}?`;

/** What domains lose when a source is deleted; names only of those that the reader may see anyway. */
export const wordsForGathering = ({ domains, domainNames }: Gathering): string => {
  if (domains === 0) return "No domain has anything of it.";
  const names = domainNames.length < domains ? [...domainNames, "others"] : domainNames;
  const named = domainNames.length > 0 ? `: ${together.format(names)}` : "";
  return `${counted(domains, "domain loses", "domains lose")} what comes from it${named}.`;
};

/** What is asked before a source is disabled, and what happens to whom. */
export const questionOfDisabling = (name: string): string => `Disable ${name}?`;

export const wordsForHiding = (people: number): string =>
  `${counted(people, "person sees", "people see")} what is in it now, and won't until it is enabled again. Policies, descriptions and tags stay as they are.`;

/** What has just happened, for the page it led to. */
export const outcomes: ReadonlyMap<unknown, string> = new Map([
  ["connected", "The source is connected. Owners see it; others once a policy of one of their groups lets them."],
  ["saved", "Your changes are saved."],
  ["connection", "The source is read from there from now on."],
  ["deleted", "The source is deleted. The database it read is as it was."],
]);
