/** Longer than any address of ours; a request line of 16 kB is refused by Node itself. */
const LONGEST = 4096;

/**
 * What is wrong with a request target, or null. Next answers 500 to some of these, and PostgreSQL stores no NUL.
 * @param {string} target
 * @returns {"tooLong" | "malformed" | null}
 */
export function wrongWith(target) {
  if (target.length > LONGEST) return "tooLong";
  const [path = ""] = target.split("?", 1);
  const query = target.slice(path.length);
  if (!path.startsWith("/") || path.includes("//") || path.includes("\\") || /%00/.test(query)) return "malformed";
  try {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    return /[\x00-\x1f\x7f]/.test(decodeURIComponent(path)) ? "malformed" : null;
  } catch {
    return "malformed";
  }
}
