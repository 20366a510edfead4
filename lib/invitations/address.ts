/** One email address, judged: lower case, ready to be stored and mailed. */
export type Address = string & { readonly __address: true };

const atom = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** No address with some white space around it is longer; what is needs no closer look. */
const longest = 1000;

/**
 * Trims (ASCII white space), lower-cases, then judges (SPEC section 4): one `@`, a dot-atom of up to 64 before it, an
 * ASCII domain of up to 253 behind it with at least two labels, the last one not a number. Null for anything else:
 * an address is refused, never repaired. Lower-casing comes after the look for other scripts, because it turns the
 * Kelvin sign into a plain k. Browsers judge by this too while somebody types; the server's word counts.
 */
export const parseAddress = (typed: string): Address | null => {
  if (typed.length > longest) return null;
  const trimmed = typed.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
  if (!/^[\x21-\x7e]+$/.test(trimmed) || trimmed.normalize("NFKC") !== trimmed) return null;
  const email = trimmed.toLowerCase();
  const [local = "", domain = "", ...more] = email.split("@");
  if (more.length > 0 || local.length > 64 || !atom.test(local)) return null;
  return isDomain(domain) ? judged(email) : null;
};

const isDomain = (domain: string): boolean => {
  const labels = domain.split(".");
  return (
    domain.length <= 253 &&
    labels.length >= 2 &&
    labels.every((part) => label.test(part)) &&
    !/^\d+$/.test(labels.at(-1) ?? "") &&
    URL.canParse(`http://${domain}`) &&
    new URL(`http://${domain}`).hostname === domain
  );
};

// The one place that says so: called behind every check above.
const judged = (email: string): Address => email as Address;

/**
 * Takes a typed list apart: commas, semicolons and new lines separate, spaces too; `Ada Lovelace <ada@x.org>` and
 * `"Lovelace, Ada" <ada@x.org>` are one entry each, of which the part in angle brackets counts. What stands before
 * it as a name and is an address, unless quoted, is an entry too, so that none is lost. Judges nothing.
 */
export const splitAddresses = (typed: string): string[] => chunksOf(typed).flatMap(entriesOf);

// Both walk through the text once. A regular expression that looks for a pair, a closing quote or a bracket, from each
// place anew takes time by the square or worse, and what is typed can be 64 kB long.

/** What closes a quote that opens with it; word processors and phones bend them. */
const closing: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["“", "”"],
]);

/** Splits at commas, semicolons and line ends, except inside a pair of quotes that closes on its line. */
const chunksOf = (typed: string): string[] =>
  typed
    .split(/[\r\n]/)
    .flatMap(chunksOfLine)
    .filter(Boolean);

const chunksOfLine = (line: string): string[] => {
  const chunks: string[] = [];
  const last = new Map([...closing.values()].map((quote) => [quote, line.lastIndexOf(quote)]));
  let from = 0;
  for (let at = 0; at < line.length; at += 1) {
    const quote = closing.get(line[at] ?? "");
    if (quote && at < (last.get(quote) ?? -1)) at = line.indexOf(quote, at + 1);
    else if (line[at] === "," || line[at] === ";") {
      chunks.push(line.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...chunks, line.slice(from).trim()];
};

const entriesOf = (chunk: string): string[] => {
  const entries: string[] = [];
  let from = 0;
  for (let close = chunk.indexOf(">"); close >= 0; close = chunk.indexOf(">", from)) {
    const open = chunk.lastIndexOf("<", close);
    if (open < from) break;
    const inside = chunk.slice(open + 1, close).trim() || chunk.slice(from, close + 1).trim();
    entries.push(...addressesIn(chunk.slice(from, open).trim(), inside), inside);
    from = close + 1;
  }
  const words = chunk.slice(from).split(/\s+/).filter(Boolean);
  // A name without an address is one thing to mend, not one for each of its words.
  return words.some((word) => word.includes("@"))
    ? [...entries, ...words]
    : [...entries, ...(words.length ? [words.join(" ")] : [])];
};

/**
 * What a name has of addresses that nobody set apart from it; mail programs also write the address itself as the name,
 * Outlook for one in single quotes.
 */
const addressesIn = (name: string, address: string): string[] =>
  /^(".*"|“.*”)$/.test(name)
    ? []
    : name.split(/\s+/).filter((word) => word.includes("@") && bare(word) !== bare(address));

/** A word in small letters, without the quotes and brackets around it. So few are looked for that no run of them takes long. */
const bare = (word: string): string => word.toLowerCase().replace(/^['"(“‘]{1,3}|['")”’]{1,3}$/g, "");
