import { describe, expect, test } from "vitest";
import type { AssetId, DomainId, SourceId } from "@/db/schema/ids";
import { rights, type ScopedRight, scopedRights } from "./catalogue";
import { coverage, covers } from "./covers";
import { holdingOf } from "./holding";
import { keyOf, type Policy, policyOf, readKey } from "./policy";

const [snowflake, lake] = [
  "00000000-0000-4000-8000-000000000001",
  "00000000-0000-4000-8000-000000000002",
] as SourceId[];
const [sales, orders, customers, people] = [3, 4, 5, 6].map(
  (n) => `00000000-0000-4000-8000-00000000000${n}` as AssetId,
);
const finance = "00000000-0000-4000-8000-000000000007" as DomainId;

const whole = (right: (typeof rights)[number]): Policy => ({ right, on: null });
const on = (right: ScopedRight, source?: SourceId, asset?: AssetId, schema?: AssetId): Policy => {
  const [permission = "", operation = ""] = right.split(".");
  const domain = permission === "domain" ? finance : null;
  const policy = policyOf([permission, operation, source ?? null, asset ?? null, schema ?? null, domain ?? null]);
  if (!policy) throw new Error("No such policy");
  return policy;
};
const everything = (right: ScopedRight, source = snowflake) => on(right, source);
const schema = (right: ScopedRight) => on(right, snowflake, sales);
const table = (right: ScopedRight, asset = orders) => on(right, snowflake, asset, sales);
const may = (held: Policy[], handedOut: Policy[]) => covers(holdingOf(false, held), holdingOf(false, handedOut));

describe("what covers what", () => {
  test.each<[string, Policy[], Policy[]]>([
    ["nothing", [], []],
    ["a right covers itself", [whole("access.create")], [whole("access.create")]],
    ["any operation implies read", [whole("access.create")], [whole("access.read")]],
    ["any operation implies read, also on a resource", [schema("assets.edit")], [schema("assets.read")]],
    ["all sources: each source, the same operation", [whole("sources.edit")], [on("source.edit", snowflake)]],
    ["all sources, whatever the operation: each may be seen", [whole("sources.create")], [on("source.read", lake)]],
    ["all domains: each domain", [whole("domains.delete")], [on("domain.delete")]],
    ["everything of a source: its schemas", [everything("assets.read")], [schema("assets.read")]],
    ["everything of a source: its tables", [everything("assets.edit")], [table("assets.edit"), table("assets.read")]],
    ["a schema: its tables", [schema("assets.edit")], [table("assets.edit", customers), table("assets.read")]],
    ["a table: itself", [table("assets.read")], [table("assets.read")]],
  ])("%s", (_, held, handedOut) => expect(may(held, handedOut)).toBe(true));

  test.each<[string, Policy[], Policy[]]>([
    ["read implies nothing more", [whole("access.read")], [whole("access.create")]],
    ["one operation is not another", [whole("sources.edit")], [on("source.delete", snowflake)]],
    ["one source is not another", [on("source.edit", snowflake)], [on("source.edit", lake)]],
    ["one source is not all of them", [on("source.read", snowflake)], [whole("sources.read")]],
    ["one domain is not all of them", [on("domain.edit")], [whole("domains.edit")]],
    ["nothing administrative covers assets", rights.map(whole), [table("assets.read")]],
    ["a source is not its assets", [on("source.edit", snowflake)], [table("assets.read")]],
    ["everything in a source is not the source", [everything("assets.edit")], [on("source.read", snowflake)]],
    ["everything of one source is not that of another", [everything("assets.read", lake)], [schema("assets.read")]],
    ["a table is not its schema", [table("assets.read")], [schema("assets.read")]],
    ["a table is not its neighbour", [table("assets.read")], [table("assets.read", customers)]],
    ["a schema is not another", [schema("assets.read")], [on("assets.read", snowflake, people)]],
    [
      "all schemas are not everything",
      [schema("assets.read"), on("assets.read", snowflake, people)],
      [everything("assets.read")],
    ],
    ["one right too many spoils all", [schema("assets.read")], [schema("assets.read"), on("domain.read")]],
  ])("%s: so it doesn't", (_, held, handedOut) => expect(may(held, handedOut)).toBe(false));

  test("an owner covers everything, and only an owner covers an owner", () => {
    const all = [...rights.map(whole), ...scopedRights.map((right) => on(right, snowflake))];
    const owner = holdingOf(true, []);
    expect(covers(owner, holdingOf(false, all))).toBe(true);
    expect(covers(owner, owner)).toBe(true);
    expect(covers(holdingOf(false, all), owner)).toBe(false);
  });
});

test("a policy is written as one word, and nothing but such words is read", () => {
  for (const policy of [...rights.map(whole), everything("assets.read"), schema("assets.edit"), on("domain.edit")])
    expect(readKey(keyOf(policy))).toEqual(policy);
  // Which schema a table lies in is the database's to say.
  expect(readKey(keyOf(table("assets.read")))).toEqual(
    schema("assets.read").on && on("assets.read", snowflake, orders),
  );
  const bent = [
    "",
    "access",
    "access.fly",
    "source.read",
    `access.read/${snowflake}`,
    "assets.read/x",
    "toString.read",
  ];
  const more = [
    `source.read/${snowflake}/${orders}`,
    `domain.read/${finance}/`,
    `assets.read/${lake}/${sales}/${orders}`,
  ];
  for (const key of [...bent, ...more]) expect(readKey(key), key).toBeUndefined();
});

test("ten thousand policies are held against ten thousand at once", () => {
  const many = Array.from({ length: 10_000 }, (_, n) =>
    on("assets.read", snowflake, `10000000-0000-4000-8000-${String(n).padStart(12, "0")}` as AssetId, sales),
  );
  const began = performance.now();
  expect(may(many, many)).toBe(true);
  expect(coverage(holdingOf(false, many))(table("assets.read", people))).toBe(false);
  expect(performance.now() - began).toBeLessThan(3000);
});
