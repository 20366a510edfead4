import { beforeAll, expect, test, vi } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { testDatabase } from "@/lib/testing/database";
import { age, freshEmail, inviteOne, makeOwner } from "@/lib/testing/people";
import { readHelp } from "./queries";

vi.hoisted(() => {
  process.env.APP_URL = "https://gatehouse.test";
});

// No mail is configured: invites are links to hand over.
testDatabase();
let owner: Actor;

beforeAll(async () => {
  owner = await makeOwner();
});

test("nobody is told to look for a mail where none is sent, and invites are shown as links", async () => {
  const email = freshEmail("linked");
  await inviteOne(owner, email);
  const { mail, from, waiting } = await readHelp(owner);
  expect({ mail, from }).toEqual({ mail: { kind: "off" }, from: null });
  expect(waiting.rows).toMatchObject([{ email, linkOnly: true }]);
});

test("a link that has expired is renewed all the same", async () => {
  await age(await inviteOne(owner, freshEmail("over")), "8 days");
  expect((await readHelp(owner)).expired.rows).toMatchObject([{ state: "expired", linkOnly: true }]);
});
