import { expect, test } from "vitest";
import { z } from "zod";
import { openAction } from "./actions";
import { searchField, textField } from "./fields";
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

test("what no page of ours sends is refused in our own words, not in those of the validator", async () => {
  const steps = z.discriminatedUnion("step", [z.object({ step: z.literal("find"), q: searchField, about: textField })]);
  const words = async (schema: z.ZodType, ...entries: [string, string][]) => {
    const state = await openAction(schema, async () => done(null))(idle, sent(...entries));
    return state.status === "refused" ? [state.message, ...Object.values(state.errors)] : state.status;
  };
  const bent = "This form isn't as our page makes it. Open the page anew, and try again.";
  expect(await words(steps, ["step", "bogus"])).toEqual([bent, bent]);
  expect(await words(steps, ["step", "find"], ["about[]", "a"], ["about[]", "b"])).toEqual([bent, bent]);
  expect(await words(input)).toEqual([bent, bent]);
  expect(await words(input, ["name", ""])).toEqual(["Enter a name.", "Enter a name."]);
});

test("too long a search says so and is there to be shortened", async () => {
  const action = openAction(z.object({ q: searchField }), async () => done(null));
  const state = await action(idle, sent(["q", "x".repeat(201)]));
  expect(state).toMatchObject({ message: "Search for at most 200 characters.", values: { q: "x".repeat(201) } });
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
