import { expect, test } from "vitest";
import { nameField } from "./fields";

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
