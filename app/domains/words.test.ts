import { expect, test } from "vitest";
import { wordsForRemoving } from "./words";

test("that something taken out can be added again is promised only to those who could", () => {
  expect(wordsForRemoving({ kind: "schema", whole: true })).toBe(
    "The tables it brought go with it. In its source everything stays as it is, and it can be added again.",
  );
  expect(wordsForRemoving({ kind: "table", whole: false })).toBe(
    "In its source everything stays as it is. Only somebody who sees all of it can add it again.",
  );
});
