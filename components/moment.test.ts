import { expect, test } from "vitest";
import { inZone, isZone, relativeWords } from "./moment";

const at = new Date("2026-03-12T23:30:00Z");
const seconds = (number: number) => new Date(at.getTime() + number * 1000);

test("a moment is told in the viewer's zone, where it may be another day", () => {
  expect(inZone(at, "Europe/Berlin")).toBe("13 Mar 2026, 00:30");
  expect(inZone(at, "America/New_York", { date: true })).toBe("12 Mar 2026");
});

test("a zone that may not be the viewer's is named", () => {
  expect(inZone(at, "UTC", { sayZone: true })).toBe("12 Mar 2026, 23:30 UTC");
});

test("only zones that exist are believed", () => {
  expect(isZone("Europe/Berlin")).toBe(true);
  for (const made of ["", "Mars/Olympus", "../etc/passwd", "a".repeat(5000)]) expect(isZone(made)).toBe(false);
});

test("what is left is told in the largest unit that fits, so that seven days are seven a moment later", () => {
  expect(relativeWords(seconds(7 * 86_400 - 1), at)).toBe("in 7 days");
  expect(relativeWords(seconds(86_400), at)).toBe("in 1 day");
  expect(relativeWords(seconds(86_399), at)).toBe("in 1 day");
  expect(relativeWords(seconds(80), at)).toBe("in 1 minute");
  expect(relativeWords(seconds(30), at)).toBe("now");
});

test("what is past is told as past", () => {
  expect(relativeWords(seconds(-30), at)).toBe("just now");
  expect(relativeWords(seconds(-2 * 3600), at)).toBe("2 hours ago");
  expect(relativeWords(seconds(-86_400 * 3), at)).toBe("3 days ago");
});

test("the unit is chosen after rounding: nothing is 60 minutes or 24 hours away", () => {
  for (let minutes = 1; minutes < 26 * 60; minutes += 0.5)
    for (const sign of [1, -1])
      expect(relativeWords(seconds(sign * minutes * 60), at)).not.toMatch(/\b(60 minutes|24 hours)\b/);
  expect(relativeWords(seconds(-59.4 * 60), at)).toBe("59 minutes ago");
  expect(relativeWords(seconds(-59.6 * 60), at)).toBe("1 hour ago");
  expect(relativeWords(seconds(-23.4 * 3600), at)).toBe("23 hours ago");
  expect(relativeWords(seconds(-23.6 * 3600), at)).toBe("1 day ago");
});
