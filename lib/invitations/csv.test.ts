import { describe, expect, test } from "vitest";
import { must } from "@/lib/testing/people";
import { decodeCsv, mostRows, readCsv, writeCsv } from "./csv";

const rows = (text: string) => must(readCsv(text)).map(({ row, email, name, groups }) => [row, email, name, groups]);
const refusal = (text: string) => {
  const read = readCsv(text);
  return !read.ok && read.refusal.code === "invalid" ? read.refusal.errors.file : null;
};
const problem = (line: string) => must(readCsv(`email,name,groups\n${line}`))[0]?.problem;

describe("is understood", () => {
  test.each([
    ["commas", "email,name,groups\nada@x.org,Ada,Sales|Legal\n"],
    ["semicolons", "email;name;groups\nada@x.org;Ada;Sales|Legal\n"],
    ["quoted fields", '"email","name","groups"\n"ada@x.org","Ada","Sales | Legal"\n'],
    ["other cases and orders of columns", "Groups, NAME ,Email\nSales|Legal,Ada,ada@x.org"],
    ["line ends of Windows", "email,name,groups\r\nada@x.org,Ada,Sales|Legal\r\n"],
  ])("a file with %s", (_what, text) => expect(rows(text)).toEqual([[2, "ada@x.org", "Ada", ["Sales", "Legal"]]]));

  test("one column alone, with empty rows left out of it but counted", () =>
    expect(rows("email\n\nada@x.org\n  \nbob@x.org")).toEqual([
      [3, "ada@x.org", "", []],
      [5, "bob@x.org", "", []],
    ]));
  test("a separator and a quote inside quotes", () =>
    expect(rows('email,name\nada@x.org,"Lovelace, ""Ada"""')).toEqual([[2, "ada@x.org", 'Lovelace, "Ada"', []]]));
  test("a byte order mark", () => expect(must(decodeCsv(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]).buffer))).toBe("a"));
  test("what we write", () => {
    const people = [
      { email: "ada@x.org", groups: ["Sales, north", "=Legal"] },
      { email: "bob@x.org", groups: [] },
    ];
    expect(writeCsv(people).split("\n")).toHaveLength(3);
    expect(must(readCsv(writeCsv(people))).map(({ email }) => email)).toEqual(["ada@x.org", "bob@x.org"]);
  });
});

describe("the whole file is refused, and the row named,", () => {
  test.each([
    ["without a row of columns", "ada@x.org\nbob@x.org", /^Row 1 has to name the columns/],
    ["with another column", "email,phone\nada@x.org,1", /^Row 1 has to name the columns/],
    ["with a column twice", "email,email\nada@x.org,b@x.org", /^Row 1 has to name the columns/],
    ["without addresses", "name\nAda", /^Row 1 has to name the columns/],
    ["with nothing in it", "", /^Row 1 has to name the columns/],
    ["with nobody in it", "email\n\n", /names nobody/],
    ["with a quote left open", 'email\nada@x.org\n"bob@x.org\ncy@x.org', /^Row 3: a quotation mark/],
    ["with a row too many", `email\n${"a@x.org\n".repeat(mostRows + 1)}`, /^Row 10002 is one too many/],
  ])("%s", (_what, text, words) => expect(refusal(text)).toMatch(words));
  test("in another encoding", () => expect(decodeCsv(new Uint8Array([0x4d, 0xfc, 0x6c]).buffer).ok).toBe(false));
});

describe("a row is refused alone", () => {
  test.each([
    ["with too many fields", "ada@x.org,Ada,Sales,more", /more fields/],
    ["with a NUL", "ada@x.org,A\0da,", /can't be seen/],
    ["with a formula for an address", "=1+1@x.org,Ada,", /formula/],
    ["with a formula for a name", 'ada@x.org,"=HYPERLINK(""https://evil.example"")",', /formula/],
    ["with a field of a megabyte", `ada@x.org,${"a".repeat(1_000_000)},`, /too long/],
  ])("%s", (_what, line, words) => expect(problem(line)).toMatch(words));
  test("and the others are not", () => {
    const read = must(readCsv("email\n=1\nada@x.org"));
    expect(read.map(({ row, problem }) => [row, problem === null])).toEqual([
      [2, false],
      [3, true],
    ]);
  });
  test("10,000 rows are not too many", () =>
    expect(must(readCsv(`email\n${"a@x.org\n".repeat(mostRows)}`))).toHaveLength(mostRows));
});
