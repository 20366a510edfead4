import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import { inWords } from "@/lib/access/named";
import { deactivate } from "@/lib/members/deactivate";
import { testDatabase } from "@/lib/testing/database";
import { granted, makeGroup, makeMember, makeOwner, must } from "@/lib/testing/people";
import { makeDomain, makeSource } from "@/lib/testing/resources";
import { readAccess } from "./access";

testDatabase();
let owner: Actor;
beforeAll(async () => {
  owner = await makeOwner();
});

const linesOf = async (member: Actor, by = owner) => {
  const { lines } = await readAccess(granted(by, "access.read"), member.userId);
  return lines.map((line) => `${inWords(line)}: ${line.through.join(", ")}`);
};

test("every right of a member is told once, implied ones too, with each group that gives it", async () => {
  const source = await makeSource(owner, { sales: ["orders"] }, "Snowflake");
  const [schema] = source.schemas;
  if (!schema?.tables[0]) throw new Error("The source has a table");
  const on = { source: source.id, asset: schema.id, schema: null };
  const domain = await makeDomain(owner, "Finance");
  const analysts = await makeGroup(owner, [{ right: "assets.edit", on }, "access.create"], "Analysts");
  const table = { source: source.id, asset: schema.tables[0].id, schema: schema.id };
  const readers = await makeGroup(
    owner,
    [
      { right: "assets.read", on },
      { right: "assets.read", on: table },
      { right: "domain.read", on: { domain } },
    ],
    "Readers",
  );
  const member = await makeMember(owner, [analysts, readers]);
  expect(await linesOf(member)).toEqual([
    "see users and invitations: Analysts",
    "invite users: Analysts",
    "see schema sales of Snowflake: Analysts, Readers",
    "change descriptions and tags of schema sales of Snowflake: Analysts",
    "see table sales.orders of Snowflake: Readers",
    "see the domain Finance: Readers",
  ]);
  must(await deactivate(granted(owner, "access.edit"), member.userId));
  expect(await linesOf(member)).toHaveLength(6);
});

test("of a source that is disabled it is told that what it holds is out of sight now, but not the source", async () => {
  const { id: source } = await makeSource(owner, { sales: ["orders"] });
  const group = await makeGroup(owner, [
    { right: "source.read", on: { source } },
    { right: "assets.read", on: { source, asset: null, schema: null } },
  ]);
  const member = await makeMember(owner, [group]);
  const disabled = async () => {
    const { lines } = await readAccess(granted(owner, "access.read"), member.userId);
    return lines.map((line) => [line.policy.right, line.disabled]);
  };
  expect(await disabled()).toEqual([
    ["source.read", false],
    ["assets.read", false],
  ]);
  await db().execute(sql`update sources set disabled_at = now() where id = ${source}`);
  expect(await disabled()).toEqual([
    ["source.read", false],
    ["assets.read", true],
  ]);
});

test("an owner has everything, a member without groups nothing", async () => {
  expect(await readAccess(granted(owner, "access.read"), owner.userId)).toEqual({ everything: true, lines: [] });
  const plain = await makeMember(owner);
  expect(await readAccess(granted(owner, "access.read"), plain.userId)).toEqual({ everything: false, lines: [] });
});

test("nothing is told of what somebody has in another organization", async () => {
  const stranger = await makeOwner("Globex");
  const member = await makeMember(stranger, [await makeGroup(stranger, ["audit.read"], "Auditors")]);
  expect(await linesOf(member)).toEqual([]);
  expect(await linesOf(member, stranger)).toEqual(["see and export the audit log: Auditors"]);
});
