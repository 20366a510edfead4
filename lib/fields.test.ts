import { expect, test } from "vitest";
import { NewDomain } from "./domains/schema";
import { nameField, textField } from "./fields";
import { GroupInput } from "./groups/schema";
import { InviteInput } from "./invitations/schema";
import { AssetDetails, SourceDetails } from "./sources/schema";

const name = nameField("your name");

test.each([
  ["Ada Lovelace", "Ada Lovelace"],
  ["  Ada   Lovelace ", "Ada Lovelace"],
  ["O'Brien-Smith, Jr.", "O'Brien-Smith, Jr."],
  ["مریم میرزاخانی", "مریم میرزاخانی"],
  ["Area 51", "Area 51"],
  ["Müller & Söhne GmbH", "Müller & Söhne GmbH"],
  ["x".repeat(64), "x".repeat(64)],
])("takes %j as a name", (typed, kept) => expect(name.parse(typed)).toBe(kept));

test.each([
  "",
  "   ",
  "x".repeat(65),
  "Win at evil.com",
  "https://evil.example",
  "www.evil.example",
  "ada@x.org",
  "Call 0800 123 4567",
  "Call +1 (555) 010-9999",
  "Ada\r\nBcc: b@y",
  "A\u200bda",
  "A\u202eda",
  "Ada\u0000",
  "<b>Ada</b>",
])("refuses %j as a name, in words", (typed) => {
  const judged = name.safeParse(typed);
  expect(judged.error?.issues[0]?.message).toMatch(/^[A-Z].+\.$/);
});

test.each(["a-", "1-", "a.", " ", "x"])("judges a form full of %j in no time", (piece) => {
  const started = performance.now();
  expect(name.safeParse(piece.repeat(30_000)).success).toBe(false);
  expect(performance.now() - started).toBeLessThan(500);
});

test.each([
  ["  Two\nlines,\tand a tab ", "Two\nlines,\tand a tab"],
  ["می‌خواهم 👩‍💻", "می‌خواهم 👩‍💻"],
  ["x".repeat(500), "x".repeat(500)],
  [undefined, ""],
])("takes %j as a text", (typed, kept) => expect(textField.parse(typed)).toBe(kept));

const fields: [string, (typed: string) => { error?: { issues: { path: PropertyKey[]; message: string }[] } }][] = [
  ["message of an invite", (message) => InviteInput.safeParse({ ...ids, addresses: "ada@x.org", message })],
  ["description of a group", (description) => GroupInput.safeParse({ name: "Analysts", description })],
  ["description of a source", (description) => SourceDetails.safeParse({ ...ids, name: "Sales", description })],
  ["description of a table", (description) => AssetDetails.safeParse({ ...ids, description })],
  ["description of a domain", (description) => NewDomain.safeParse({ name: "Sales", description })],
  ["tags of a source", (tags) => SourceDetails.safeParse({ ...ids, name: "Sales", tags })],
  ["tags of a table", (tags) => AssetDetails.safeParse({ ...ids, tags })],
];
const id = "0b8f6c1e-3a52-4a56-9d8e-0c1f3a4b5d6e";
const ids = { key: id, source: id, asset: id };

test.each(fields)("refuses what can't be seen or kept in the %s, in words beside it", (name, judge) => {
  const field = name.split(" ")[0];
  expect(judge("Numbers, and reports").error).toBeUndefined();
  for (const bad of ["a\0b", "a\u0007b", "a\u001b[31mb", "a\u0085b", "a\ud800b", "x".repeat(5001)]) {
    const [issue, ...more] = judge(bad).error?.issues ?? [];
    expect([issue?.path[0], more]).toEqual([field, []]);
    expect(issue?.message).toMatch(/^Use .+\.$/);
  }
});
