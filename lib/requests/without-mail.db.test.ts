import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { mailIsConfigured } from "@/lib/outbox";
import { testDatabase } from "@/lib/testing/database";
import { granted, makeGroup, makeMember, makeOwner, must } from "@/lib/testing/people";
import { granting, requestOf } from "@/lib/testing/requests";
import { ask } from "./ask";
import { decide } from "./decide";
import { listWaiting, readOwnRequest } from "./queries";

// Outside local mode and with no provider nothing is mailed. The environment is read when it is first asked for.
vi.hoisted(() => {
  process.env.APP_URL = "https://gatehouse.test";
});
testDatabase();

test("with no mail configured access is asked for and given all the same, and both see it on their pages", async () => {
  expect(mailIsConfigured()).toBe(false);
  const owner = await makeOwner("Acme");
  const asker = await makeMember(owner);
  must(await ask(asker, { note: "Please" }));
  expect((await listWaiting(granted(owner, "groups.edit"), { q: "", page: null })).rows).toMatchObject([
    { email: asker.email, note: "Please" },
  ]);
  const group = await makeGroup(owner, [], "Data Analyst");
  must(await decide(granted(owner, "groups.edit"), granting(await requestOf(asker), group)));
  expect(await readOwnRequest(asker)).toMatchObject({ decision: { granted: true, groups: ["Data Analyst"] } });
  expect(await db().execute(sql`select from outbox`)).toEqual([]);
});
