import { expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { freshEmail, inviteOne, makeGroup, makeOwner } from "@/lib/testing/people";
import { makeDomain, makeSource } from "@/lib/testing/resources";
import { readOffer } from "./queries";
import { readSights } from "./sights";

testDatabase();

test("whoever is about to join reads in plain words which schema, table and domain they will see", async () => {
  const owner = await makeOwner();
  const source = await makeSource(owner, { sales: ["orders"], people: ["salaries"] }, "Snowflake");
  const [sales, people] = source.schemas;
  if (!sales || !people?.tables[0]) throw new Error("The source has two schemas");
  const domain = await makeDomain(owner, "Finance");
  const group = await makeGroup(
    owner,
    [
      { right: "assets.read", on: { source: source.id, asset: sales.id, schema: null } },
      { right: "assets.read", on: { source: source.id, asset: people.tables[0].id, schema: people.id } },
      { right: "domain.read", on: { domain } },
    ],
    "Data Analyst",
  );
  const offer = await readOffer(await inviteOne(owner, freshEmail(), [group]));
  if (!offer) throw new Error("The invitation is gone");
  expect(await readSights(offer)).toEqual([
    {
      group: "Data Analyst",
      everything: false,
      lets: ["see schema sales of Snowflake", "see table people.salaries of Snowflake", "see the domain Finance"],
      more: 0,
    },
  ]);
});

test.each([
  { tables: 7, named: 7, more: 0 },
  { tables: 8, named: 6, more: 2 },
])("of $tables tables that a group lets see $named are named", async ({ tables, named, more }) => {
  const owner = await makeOwner();
  const names = Array.from({ length: tables }, (_, n) => `t${n}`);
  const { id, schemas } = await makeSource(owner, { sales: names }, "Snowflake");
  const reads = (schemas[0]?.tables ?? []).map((table) => ({
    right: "assets.read" as const,
    on: { source: id, asset: table.id, schema: schemas[0]?.id ?? null },
  }));
  const offer = await readOffer(await inviteOne(owner, freshEmail(), [await makeGroup(owner, reads)]));
  const lets = names.slice(0, named).map((name) => `see table sales.${name} of Snowflake`);
  expect(offer && (await readSights(offer))).toMatchObject([{ lets, more }]);
});
