import type { Loss } from "@/lib/domains/queries";

/** What happens to whom when a domain is deleted; names only of groups that the reader may see anyway. */
export const wordsForLoss = ({ groups, groupNames }: Loss): string => {
  if (groups === 0) return "No group has a policy on it.";
  const names = groupNames.length > 0 ? `: ${new Intl.ListFormat("en").format(groupNames)}` : "";
  return `${groups.toLocaleString("en")} ${groups === 1 ? "group loses its policies" : "groups lose their policies"} on it${names}.`;
};

/** What is asked before a domain goes. */
export const questionOf = (name: string): string => `Delete ${name}?`;

/** What has just happened, for the page it led to. */
export const outcomes: ReadonlyMap<unknown, string> = new Map([
  ["created", "The domain is made. Owners see it; others once a policy of one of their groups lets them."],
  ["saved", "Your changes are saved."],
  ["added", "What you ticked belongs to the domain now. Who sees it is as before: that hangs on its source."],
  ["deleted", "The domain is deleted. What it gathered is still in its sources."],
]);
