import { expect, test } from "vitest";
import { drafted, readDraft, writeDraft } from "./draft";

const changed = (changes: string, offered: string[], ticked: string[]) =>
  writeDraft(drafted(readDraft(changes), offered, ticked));

test("what is ticked is gained, what is cleared is lost, and what was offered and left alone is no change", () => {
  expect(changed("", ["a", "b"], ["b", "c"])).toBe("+c -a");
});

test("a change that is out of sight stays", () => {
  expect(changed("+far -away", ["b"], ["b", "c"])).toBe("+far -away +c");
});

test("a change is taken back where it is in sight", () => {
  expect(readDraft(changed("+a -b", ["a"], ["b"]))).toEqual(
    new Map([
      ["a", false],
      ["b", true],
    ]),
  );
});

test("a box that could not be pressed changes nothing: it was not offered, and is not sent", () => {
  expect(changed("", [], [])).toBe("");
});
