import { describe, expect, test } from "vitest";
import { isComplete, summary, withEntries } from "./chips";

const judge = (entry: string) => (/^\S+@\S+$/.test(entry) ? entry.toLowerCase() : null);
const words = { one: "address", many: "addresses" };

test("entries come behind the chips, and one that means the same merges, also within one paste", () => {
  expect(withEntries(["a@x"], ["B@x", "A@x", "b@x", "no"], judge)).toEqual({
    chips: ["a@x", "b@x", "no"],
    merged: ["a@x", "b@x"],
  });
});

describe("an entry is complete", () => {
  test.each(["a@x,", "a@x;", "a@x\n", "a@x, b", '"Love, Ada" <a@x>,', 'a "b" c,'])("in %j", (draft) =>
    expect(isComplete(draft)).toBe(true),
  );
  test.each(["a@x", "Ada Lovelace ", '"Love,', '"Love, Ada" <a@x>'])("not yet in %j", (draft) =>
    expect(isComplete(draft)).toBe(false),
  );
});

test("what is said counts, names what needs attention, and what merged", () => {
  expect(summary(["a@x", "b@x", "no"], [], judge, words)).toBe("3 addresses added, 1 needs attention.");
  expect(summary(["a@x", "no", "nor"], [], judge, words)).toBe("3 addresses added, 2 need attention.");
  expect(summary(["a@x"], ["a@x"], judge, words)).toBe("1 address added. a@x was there already.");
  expect(summary([], [], judge, words)).toBe("0 addresses added.");
});
