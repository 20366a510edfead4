/**
 * What a provider or a mail server says, as people are shown it and as it is kept; null when that is nothing. It may name
 * the link it didn't like, and a link must not rest in the database: neither addresses of pages nor anything as long as a
 * token is kept. Nor is what Postgres refuses (NUL) or what would turn around the words beside it.
 */
export const shownOf = (said: string): string | null =>
  said
    .replace(/https?:\/\/\S+/gi, "(a link)")
    .replace(/[\w-]{40,}/g, "…")
    .replace(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, 500) || null;
