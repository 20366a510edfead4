import { expect, test } from "vitest";
import { chosenFrom } from "./chosen";

test.each([
  { what: "ticked is added", now: ["a"], had: ["a"], chosen: ["a", "b"], left: ["a", "b"] },
  { what: "cleared is taken away", now: ["a", "b"], had: ["a", "b"], chosen: ["b"], left: ["b"] },
  { what: "taken away by another meanwhile stays away", now: [], had: ["a"], chosen: ["a", "b"], left: ["b"] },
  { what: "added by another meanwhile stays", now: ["a", "c"], had: ["a"], chosen: ["b"], left: ["c", "b"] },
  { what: "added by both is there once", now: ["b"], had: [], chosen: ["b"], left: ["b"] },
  {
    what: "chosen without a word of what there was is all there is",
    now: ["a", "c"],
    had: undefined,
    chosen: ["b"],
    left: ["b"],
  },
])("what is $what", ({ now, had, chosen, left }) => expect(chosenFrom(now, chosen, had)).toEqual(left));
