// Reads a rendered mail as a mail program would, by the few forms that React writes.

/** Where the links of an HTML part lead, in their order. */
export const hrefsOf = (html: string): string[] =>
  [...html.matchAll(/\shref="([^"]*)"/g)].map(([, href = ""]) => unescaped(href));

/** Where the buttons of an HTML part lead. */
export const buttonsOf = (html: string): string[] =>
  (html.match(/<a\b[^>]*class="button"[^>]*>/g) ?? []).flatMap((button) => hrefsOf(button));

/** The links written out in a plain part, once each, in their order. */
export const linksOf = (text: string): string[] => [...new Set(text.match(/https?:\/\/\S+/g))];

/** What an HTML part shows, a line for each block or break: whom it is from, the heading, and the letter. */
export const blocksOf = (html: string): string[] => {
  const body = html.slice(html.indexOf("<body")).replace(/<!--[\s\S]*?-->/g, "");
  const shown = body.replace(/<div style="display:none[^>]*>[\s\S]*?<\/div>/, "");
  return shown
    .replace(/<\/?(?:p|h1|div|blockquote|ul|li|table|td)\b[^>]*>|<br\/?>|(?<=<\/span><\/a>)/g, "\n")
    .replace(/<[^>]*>/g, "")
    .split("\n")
    .map((line) => unescaped(line).trim())
    .filter(Boolean);
};

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", nbsp: " " };
const unescaped = (html: string): string =>
  html.replace(/&([#\w]+);/g, (entity, name: string) => entities[name] ?? entity);
