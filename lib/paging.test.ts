import { expect, test } from "vitest";
import { readStretch } from "./paging";

// A list of 120 rows, 50 on a page.
const first = { from: 0, previous: null, next: 50 };

test.each([undefined, "", "0", "-50", "5e1", "1.5", "99999999", ["50", "100"]])(
  "a place that says nothing, like %j, shows the first page",
  (asked) => {
    expect(readStretch(asked, 120, 50)).toEqual(first);
  },
);

test.each(["120", "999999"])("so does one beyond the end, like %s", (asked) => {
  expect(readStretch(asked, 120, 50)).toEqual(first);
});

test("a place within a page shows that page, with the ways to those beside it", () => {
  expect(readStretch("50", 120, 50)).toEqual({ from: 50, previous: 0, next: 100 });
  expect(readStretch("77", 120, 50)).toEqual({ from: 50, previous: 0, next: 100 });
  expect(readStretch("119", 120, 50)).toEqual({ from: 100, previous: 50, next: null });
});

test("a list of one page has no other, and neither has one with nothing in it", () => {
  expect(readStretch("0", 50, 50)).toEqual({ from: 0, previous: null, next: null });
  expect(readStretch("50", 0, 50)).toEqual({ from: 0, previous: null, next: null });
});
