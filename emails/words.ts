// Line breaks survive in messages alone. Invisible and bidirectional characters make one text look like another.
const controls = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}]/gu;
const invisible = /\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu;

/** As many characters of a name as a mail shows (SPEC section 8). */
const nameLength = 64;
const messageLength = 500;

const visible = (value: string): string =>
  value
    .replace(/\r\n?/g, "\n")
    .replace(controls, " ")
    .replace(invisible, "")
    .replace(/\n{3,}/g, "\n\n");

const capped = (value: string, length: number): string => [...value].slice(0, length).join("");

/** Words on one line, without control or invisible characters: those from elsewhere that are no name, whatever is in them. */
export const line = (value: string): string => visible(value).replace(/\s+/gu, " ").trim();

/**
 * A name on one line, without control or invisible characters, at most 64 long: fit for a header. There `=?` would begin
 * an encoded word (RFC 2047), in which mail programs read what we never saw.
 */
export const name = (value: string): string => setOff(capped(line(value).replaceAll("=?", "= ?"), nameLength));

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const leftToRight = "\u200e";

/** Whether a text begins in a script that is written from right to left: its first letter says so, as browsers judge. */
export const isRightToLeft = (text: string): boolean => rightToLeft.test(/\p{L}/u.exec(text)?.[0] ?? "");

/**
 * A name in a right-to-left script between two left-to-right marks: our sentences stay in order around it. Two such names
 * with only a dot or a number between them would otherwise be shown as one, and one at the beginning turns the whole line.
 */
const setOff = (shown: string): string => (rightToLeft.test(shown) ? leftToRight + shown + leftToRight : shown);

/** A message as typed, line by line, without control or invisible characters; no lines when it says nothing. */
export const lines = (message: string): string[] => {
  const said = capped(visible(message), messageLength).trim();
  return said === "" ? [] : said.split("\n").map((line) => line.trimEnd());
};

/**
 * Somebody else's words, so that no mail client makes a link of them: clients turn `acme.de` and `https://…` into links
 * on their own, in HTML as in plain text, and a mail of ours may lead to one place only. A space after the dot or colon
 * stops every one of them and can be seen; invisible characters would be a mark of phishing to spam filters.
 */
export const dead = (value: string): string =>
  value.replace(/(\p{L}[\p{L}\p{N}+.-]*):(?=[/\\\p{L}\p{N}])/gu, "$1: ").replace(/([.。．｡])(?=\p{L})/gu, "$1 ");

/** So many addresses a mail names at the most: it stays a letter, and under 100 kB. */
export const mostNamed = 20;

/** The first of these lines, and how many more of `all` there are. */
export const some = (lines: readonly string[], all = lines.length): string[] => {
  const shown = lines.slice(0, mostNamed);
  const more = all - shown.length;
  if (more <= 0) return shown;
  return shown.length > 0 ? [...shown, `and ${count(more)} more`] : [`${count(more)} not named here`];
};

/** A number of things, as it is read: `1,234`. */
export const count = (all: number): string => new Intl.NumberFormat("en").format(all);

/** A sender as RFC 5322 writes it; quotes and backslashes of the name escaped, other scripts encoded by the provider. */
export const sender = (shown: string, address: string): string =>
  `"${shown.replace(/[\\"]/g, (mark) => `\\${mark}`)}" <${address}>`;

/** `Monday, 30 November 2026 at 10:16 UTC`: a mail doesn't know its reader's time zone, so it names its own. */
export const moment = (at: Date): string =>
  new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "UTC",
    timeZoneName: "short",
  }).format(at);

/** What every mail is given beside its own words: where the product is, and whom to write to for help, if anyone. */
export type Frame = Readonly<{ appUrl: string; help: string | null }>;
