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
    },
  ]);
});
