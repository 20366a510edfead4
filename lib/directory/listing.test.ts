import { expect, test } from "vitest";
import { type Bent, bentIn, type Params, readListing } from "./listing";

const group = "11111111-1111-4111-8111-111111111111";
const gone = "22222222-2222-4222-8222-222222222222";
const bent = (params: Params) => bentIn(params, readListing(params), [group]);

test.each<[Params, Bent[]]>([
  [{ status: "junk" }, ["status"]],
  [{ status: "Pending" }, ["status"]],
  [{ status: ["pending", "history"] }, ["status"]],
  [{ group: "junk" }, ["group"]],
  [{ group: gone }, ["group"]],
  [{ sort: "junk" }, ["sort"]],
  [{ sort: "--name" }, ["sort"]],
  [{ after: "junk" }, ["page"]],
  [{ before: `2026-02-30T00:00:00.000000Z~${group}`, sort: "joined" }, ["page"]],
  [{ after: `0000-01-01T00:00:00.000000Z~${group}`, sort: "joined" }, ["page"]],
  [{ q: "x".repeat(201) }, ["q"]],
  [{ q: ["ada", "bob"] }, ["q"]],
  [{ status: "x", group: "x", sort: "x", after: "x" }, ["status", "group", "sort", "page"]],
])("of %j, %j can't be read", (params, parts) => {
  expect(bent(params)).toEqual(parts);
});

test.each<Params>([
  {},
  { status: "", q: "", group: "", sort: "", after: "" },
  { status: "all", sort: "name", group: "none" },
  { status: "pending", sort: "-sent", group, q: "ada", after: `2026-02-27T00:00:00.000000Z~${gone}` },
  { ask: "deactivate", in: gone, unknown: "x" },
])("%j is read whole", (params) => {
  expect(bent(params)).toEqual([]);
});
