/** What is asked before a domain goes. */
export const questionOf = (name: string): string => `Delete ${name}?`;

/** What has just happened, for the page it led to. */
export const outcomes: ReadonlyMap<unknown, string> = new Map([
  ["created", "The domain is made. Owners see it; others once a policy of one of their groups lets them."],
  ["saved", "Your changes are saved."],
  ["added", "What you ticked belongs to the domain now. Who sees it is as before: that hangs on its source."],
  ["deleted", "The domain is deleted. What it gathered is still in its sources."],
]);
