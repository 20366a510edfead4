import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { testDatabase } from "@/lib/testing/database";
import { makeMember, makeOwner } from "@/lib/testing/people";
import { recordOverreach } from "./overreach";

testDatabase();

test("who tried more than they may is on record with what they tried, at most twenty times an hour", async () => {
  const member = await makeMember(await makeOwner());
  const recorded = () =>
    db().execute<{ after: unknown }>(sql`
      select after from audit_events where action = 'membership.overreached' and target_id = ${member.userId} order by sequence`);
  await recordOverreach(member, "groups.edit", { code: "not-found" });
  await recordOverreach(member, "groups.edit", { code: "last-owner" });
  expect(await recorded()).toEqual([]);
  await recordOverreach(member, "groups.edit", { code: "forbidden", missing: "groups.edit" });
  await recordOverreach(member, "access.create", { code: "beyond-own-rights", group: "Curators" });
  await recordOverreach(member, "groups.edit", { code: "owners-only" });
  expect((await recorded()).map(({ after }) => after)).toEqual([
    { right: "groups.edit", refusal: "forbidden", missing: "groups.edit" },
    { right: "access.create", refusal: "beyond-own-rights", group: "Curators" },
    { right: "groups.edit", refusal: "owners-only" },
  ]);
  for (let more = 0; more < 30; more++) await recordOverreach(member, "groups.edit", { code: "owners-only" });
  expect(await recorded()).toHaveLength(20);
});
