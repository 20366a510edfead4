import Papa from "papaparse";
import { done, invalid, type Result } from "@/lib/result";

/** SPEC section 4. */
export const mostRows = 10_000;
/** Of one file: leaves room in a 1 MB post (SPEC section 10) for the rows to come back with the press that sends them. */
export const mostBytes = 1_000_000;

const columns = ["email", "name", "groups"] as const;
type Column = (typeof columns)[number];

/** One person of a file, with the number a spreadsheet gives the row; `problem` says why the row can't be used. */
export type CsvRow = { row: number; email: string; name: string; groups: string[]; problem: string | null };

/** The text of a file. Refuses what is not UTF-8: names and groups in it would be other ones. */
export const decodeCsv = (bytes: ArrayBuffer): Result<string> => {
  try {
    return done(new TextDecoder("utf-8", { fatal: true }).decode(bytes)); // drops a byte order mark
  } catch {
    return invalid("file", "This isn't a text we can read. Save it as “CSV UTF-8” and upload it again.");
  }
};

/**
 * Takes a file apart: commas or semicolons between the fields, quotes around them if need be, the columns named in the
 * first row. Refuses the whole file, naming the row, when it has no such row, unknown columns, an open quote, nobody, or
 * too many; any other fault is the problem of its row.
 */
export const readCsv = (text: string): Result<CsvRow[]> => {
  const { data, errors } = Papa.parse<string[]>(text, { delimitersToGuess: [",", ";"] });
  const open = errors.find(({ type }) => type === "Quotes");
  if (open) return invalid("file", `Row ${(open.row ?? 0) + 1}: a quotation mark is in the wrong place or not closed.`);
  const [head = [], ...records] = data;
  const named = head.map((cell) => cell.trim().toLowerCase());
  const unknown = named.find((name, at) => !columns.some((column) => column === name) || named.indexOf(name) !== at);
  if (!named.includes("email") || unknown !== undefined)
    return invalid("file", "Row 1 has to name the columns: email, and if you like name and groups. No others.");
  const cell = (record: readonly string[], column: Column) => record[named.indexOf(column)]?.trim() ?? "";
  const rows = records.flatMap((record, index) => {
    if (record.every((field) => field.trim() === "")) return [];
    const problem = faultOf(record, named.length);
    const groups = problem
      ? []
      : cell(record, "groups")
          .split("|")
          .map((name) => name.trim())
          .filter(Boolean);
    return [
      { row: index + 2, email: clean(cell(record, "email")), name: clean(cell(record, "name")), groups, problem },
    ];
  });
  const [last] = rows.slice(mostRows);
  if (last) return invalid("file", `Row ${last.row} is one too many: a file may hold up to 10,000 people.`);
  return rows.length > 0 ? done(rows) : invalid("file", "This file names nobody below its first row.");
};

/** Addresses with their groups as a file that `readCsv` reads. */
export const writeCsv = (rows: readonly Pick<CsvRow, "email" | "groups">[]): string =>
  Papa.unparse(
    { fields: ["email", "groups"], data: rows.map(({ email, groups }) => [email, groups.join("|")]) },
    { newline: "\n" },
  );

/** No field of a person is longer: where one is, the row can't be used, and enough of it is kept to know it by. */
const longest = 1000;
const clean = (text: string) => (text.length > longest ? `${text.replace(/\p{Cc}/gu, " ").slice(0, 100)}…` : text);

const faultOf = (record: readonly string[], width: number): string | null => {
  if (record.length > width) return "Has more fields than row 1 names columns.";
  if (record.some((field) => field.length > longest)) return "Has a field that is too long.";
  if (record.some((field) => /\p{Cc}/u.test(field))) return "Has a character that can't be seen.";
  // What a spreadsheet would run when the list is exported again (OWASP, CSV injection).
  return record.some((field) => /^\s*[=+\-@]/.test(field)) ? "Begins a field like a formula, with =, +, - or @." : null;
};
