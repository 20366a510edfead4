import { expect, test } from "vitest";
import type { JudgedRow } from "@/lib/invitations/preview";
import { previewOf } from "./preview";

const judged = (row: number, email: string, more: Partial<JudgedRow> = {}): JudgedRow => ({
  row,
  email,
  name: "",
  groups: [],
  problem: null,
  groupIds: [],
  outcome: null,
  ...more,
});

test("what can't be invited comes first, then what looks like a slip, then the others as they stand in the file", () => {
  const { rows } = previewOf([
    judged(2, "ada@example.org"),
    judged(3, "bob@gmial.com"),
    judged(4, "cy@example.org", { problem: "There is no group called “Nowhere”." }),
    judged(5, "dora@example.org"),
  ]);
  expect(rows.map(({ row, detail }) => [row, detail])).toEqual([
    [4, "There is no group called “Nowhere”."],
    [3, "Did you mean gmail.com?"],
    [2, undefined],
    [5, undefined],
  ]);
});

test("a row that is no address is not said to be kept anywhere: it is mended in the file", () => {
  const { rows } = previewOf([judged(2, "bob@@x.org", { outcome: { typed: "bob@@x.org", kind: "not-an-address" } })]);
  expect(rows).toMatchObject([{ outcome: "Not an email address", tone: "warning", detail: undefined }]);
});
