/** What somebody typed to search for, as a pattern for `like` over words in lower case: any part of them. */
export const containing = (q: string): string => `%${q.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
