import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { AssetId, GroupId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { inWords } from "@/lib/access/named";
import { keyOf, type Policy } from "@/lib/access/policy";
import { testDatabase } from "@/lib/testing/database";
import { granted, makeGroup, makeMember, makeOwner, must, whole } from "@/lib/testing/people";
import { type MadeSource, makeSource } from "@/lib/testing/resources";
import { impactOf } from "./impact";
import { addMembers } from "./members";
import { setPolicies } from "./policies";

testDatabase();
let owner: Actor;
let source: MadeSource;
let group: GroupId;

beforeAll(async () => {
  owner = await makeOwner();
  source = await makeSource(owner, { sales: ["orders"], people: ["salaries"] }, "Snowflake");
});
beforeEach(async () => {
  group = await makeGroup(owner, []);
});

const edit = () => granted(owner, "groups.edit");
const reading = () => granted(owner, "groups.read");
const onAssets = (right: "assets.read" | "assets.edit", asset: AssetId | null): Policy => ({
  right,
  on: { source: source.id, asset, schema: null },
});
const sales = () => source.schemas[0] as MadeSource["schemas"][number];
const orders = () => sales().tables[0] as { id: AssetId };

describe("before policies are saved", () => {
  const told = async (policies: Policy[]) =>
    (await impactOf(reading(), group, policies))?.map(
      (one) => `${one.people} ${one.gains ? "gain" : "lose"}: ${inWords(one)}`,
    );

  test("it is said how many people gain and lose what", async () => {
    for (let n = 0; n < 3; n++) await makeMember(owner, [group]);
    must(await setPolicies(edit(), group, [onAssets("assets.read", sales().id)]));
    expect(await told([whole("access.create")])).toEqual([
      "3 gain: see users and invitations",
      "3 gain: invite users",
      "3 lose: see schema sales of Snowflake",
    ]);
  });

  test("who has it through another group, is an owner or inactive isn't counted", async () => {
    const other = await makeGroup(owner, [onAssets("assets.read", null), whole("sources.read")]);
    await makeMember(owner, [group]);
    await makeMember(owner, [group, other]);
    const former = await makeMember(owner, [group]);
    await db().execute(sql`update memberships set deactivated_at = now() where user_id = ${former.userId}`);
    must(await addMembers(edit(), group, [owner.userId]));
    const some: Policy[] = [onAssets("assets.edit", orders().id), { right: "source.read", on: { source: source.id } }];
    expect(await told(some)).toEqual([
      "1 gain: see the source Snowflake",
      "1 gain: see table sales.orders of Snowflake",
      "2 gain: change descriptions and tags of table sales.orders of Snowflake",
    ]);
    must(await setPolicies(edit(), group, some));
    expect(await told([onAssets("assets.edit", sales().id), some[1] as Policy])).toEqual([
      "1 gain: see schema sales of Snowflake",
      "2 gain: change descriptions and tags of schema sales of Snowflake",
    ]);
    expect(await told(some)).toEqual([]);
  });

  test("people who gain other things than others do are told apart, however many they are", async () => {
    const [seers, auditors] = [await makeGroup(owner, [whole("sources.read")]), await makeGroup(owner, ["audit.read"])];
    await makeMember(owner, [group]);
    await makeMember(owner, [group, seers]);
    await makeMember(owner, [group, auditors]);
    const impacts = await impactOf(reading(), group, [
      whole("sources.read"),
      whole("audit.read"),
      whole("settings.read"),
      whole("domains.read"),
    ]);
    const whoOf = new Map(impacts?.map(({ policy, people, who }) => [keyOf(policy), { people, who }]));
    expect([whoOf.get("sources.read")?.people, whoOf.get("audit.read")?.people]).toEqual([2, 2]);
    expect(whoOf.get("sources.read")?.who).not.toBe(whoOf.get("audit.read")?.who);
    expect(whoOf.get("settings.read")).toEqual(whoOf.get("domains.read"));
  });
});
