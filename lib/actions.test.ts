import { expect, test } from "vitest";
import { z } from "zod";
import { openAction } from "./actions";
import { chosenOf, idle, typedOf } from "./form";
import { done } from "./result";

const input = z.object({ name: z.string().min(1, "Enter a name."), members: z.array(z.string()).default([]) });
const sent = (...entries: [string, string][]): FormData => {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
};

test("a refusal gives back everything that was ticked in a list, and what was typed but for secrets", async () => {
  const action = openAction(input, async () => done(null));
  const ticked: [string, string][] = ["ada", "bob", "cy"].map((id) => ["members[]", id]);
  const state = await action(idle, sent(["name", ""], ["note", "hello"], ["password", "secret"], ...ticked));
  expect(chosenOf(state, "members")).toEqual(["ada", "bob", "cy"]);
  expect(chosenOf(state, "groups")).toEqual([]);
  expect(typedOf(state, "note")).toBe("hello");
  expect(JSON.stringify(state)).not.toContain("secret");
});

test("a form that leads nowhere shows what came of it", async () => {
  const action = openAction(
    input,
    async ({ members }) => done(members),
    () => null,
  );
  expect(await action(idle, sent(["name", "Ada"], ["members[]", "a"], ["members[]", "b"]))).toEqual({
    status: "done",
    value: ["a", "b"],
  });
});
