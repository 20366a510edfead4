import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { SourceDetails } from "./schema";

const saidOf = (tags: string) =>
  SourceDetails.safeParse({ source: randomUUID(), name: "Snowflake", tags }).error?.issues[0]?.message;
const many = Array.from({ length: 21 }, (_, at) => `tag${at}`).join();

test("too long a tag is told from too many of them", () => {
  expect(saidOf("x".repeat(40))).toBeUndefined();
  for (const length of [41, 2001, 10_000])
    expect(saidOf("x".repeat(length))).toBe("Use at most 40 characters for a tag.");
  expect(saidOf(many)).toBe("Use at most 20 tags.");
  expect(saidOf("x".repeat(30_000))).toBe("Use at most 20 tags of at most 40 characters each.");
});
