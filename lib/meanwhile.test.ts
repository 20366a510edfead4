import { describe, expect, test } from "vitest";
import { drawnField, drawnWith, merged } from "./meanwhile";

const there = { name: "Analysts", description: "Read the numbers.\nWrite reports.", tags: ["finance", "daily"] };
const drawn = drawnField.parse(drawnWith(there));

describe("two people change what something is called and for, in forms drawn at the same time", () => {
  test("what one changed and the other left alone stays changed", () => {
    const now = { ...there, description: "Read them all.", tags: ["finance"] };
    expect(merged(now, { ...there, name: "Data Analysts" }, drawn)).toEqual({
      ok: true,
      value: { ...now, name: "Data Analysts" },
    });
  });

  test("where both changed one field, the later is told all that the other changed, and nothing is saved", () => {
    const now = { name: "Number people", description: "Read them all.", tags: [] };
    const typed = { ...there, name: "Data Analysts", tags: ["weekly"] };
    expect(merged(now, typed, drawn)).toEqual({
      ok: false,
      refusal: {
        code: "invalid",
        errors: {
          drawn:
            "Meanwhile somebody else has changed the name to “Number people”, changed the description to “Read them all.”, and emptied the tags. Save once more to replace that.",
        },
      },
    });
    expect(merged(now, typed, drawnField.parse(drawnWith(now)))).toEqual({ ok: true, value: typed });
  });

  test("both may have changed it to the same", () => {
    const now = { ...there, name: "Data Analysts" };
    expect(merged(now, now, drawn)).toEqual({ ok: true, value: now });
  });

  test.each([undefined, "", "[", "null", '{"name":1}', drawnWith({ other: "x" })])(
    "a form that says %j of what it was drawn with is taken as it was typed",
    (said) => {
      const typed = { ...there, name: "Data Analysts" };
      expect(merged({ ...there, name: "Theirs" }, typed, drawnField.parse(said))).toEqual({ ok: true, value: typed });
    },
  );
});
