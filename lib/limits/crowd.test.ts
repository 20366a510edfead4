import { expect, test } from "vitest";
import { isCrowded, turnstile } from "./crowd";

/** A task that ends when it is told to. */
const held = () => {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { ended, end: () => end() };
};

test("so many go in at once, so many wait, the next is sent away; whoever leaves lets one in", async () => {
  const pass = turnstile(2, 3);
  const tasks = Array.from({ length: 6 }, held);
  const inside: number[] = [];
  const outcomes = tasks.map(({ ended }, n) =>
    pass(async () => {
      inside.push(n);
      await ended;
      return n;
    }).catch((error: unknown) => (isCrowded(error) ? "sent away" : "broken")),
  );
  expect(await outcomes[5]).toBe("sent away");
  expect(inside).toEqual([0, 1]);
  tasks[1]?.end();
  await outcomes[1];
  await new Promise(setImmediate);
  expect(inside).toEqual([0, 1, 2]);
  for (const task of tasks) task.end();
  expect(await Promise.all(outcomes)).toEqual([0, 1, 2, 3, 4, "sent away"]);
});

test("a task that fails gives its place back", async () => {
  const pass = turnstile(1, 0);
  await expect(pass(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(await pass(async () => "in")).toBe("in");
});
