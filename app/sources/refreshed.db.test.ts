import { expect, test } from "vitest";
import { seesAllOf } from "@/lib/sources/queries";
import { testDatabase } from "@/lib/testing/database";
import { makeMemberWith, makeOwner } from "@/lib/testing/people";
import { makeSource } from "@/lib/testing/resources";
import { wordsForHarvest } from "./words";

testDatabase();

test("how much a refreshed source holds is told only to who sees everything in it", async () => {
  const owner = await makeOwner();
  const { id, schemas } = await makeSource(owner);
  const on = { source: id, asset: null, schema: null };
  const edits = { right: "source.edit", on: { source: id } } as const;
  const inPart = schemas
    .slice(0, 1)
    .map((schema) => ({ right: "assets.read", on: { ...on, asset: schema.id } }) as const);
  const told = async (actor: typeof owner) =>
    wordsForHarvest({ schemas: 4, tables: 7, added: 1, back: 0, gone: 0 }, await seesAllOf(actor, id));
  const all = "The database now has 4 schemas and 7 tables: 1 is new.";
  expect(await told(owner)).toBe(all);
  expect(await told(await makeMemberWith(owner, [edits, { right: "assets.read", on }]))).toBe(all);
  for (const allows of [[edits], [edits, ...inPart], ["sources.edit" as const]])
    expect(await told(await makeMemberWith(owner, allows))).toBe("The database was read again.");
});
