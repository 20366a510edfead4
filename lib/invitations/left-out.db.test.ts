import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import type { GroupId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { removeMember } from "@/lib/groups/members";
import { testDatabase } from "@/lib/testing/database";
import { sendAll } from "@/lib/testing/outbox";
import {
  freshEmail,
  granted,
  inviteOne,
  makeGroup,
  makeMember,
  makeOwner,
  must,
  passwordHash,
} from "@/lib/testing/people";
import { accept } from "./accept";

testDatabase();
let owner: Actor;
let giving: GroupId;
let auditors: GroupId;
let plain: GroupId;

beforeAll(async () => {
  owner = await makeOwner();
  giving = await makeGroup(owner, ["groups.edit", "access.create", "audit.read"]);
  auditors = await makeGroup(owner, ["audit.read"], "Auditors");
  plain = await makeGroup(owner, [], "Plain");
});

const join = async (sponsor: Actor, groups: GroupId[], meanwhile: () => Promise<void>) => {
  const email = freshEmail("ada");
  const id = await inviteOne(sponsor, email, groups);
  await meanwhile();
  must(await accept({ id, channel: "email" }, { name: "Ada", passwordHash }));
  return email;
};
const toldTo = async ({ email }: Actor) => {
  const rows = await db().execute<{ payload: { joined: unknown }; state: string }>(sql`
    select payload, state from outbox where kind = 'groups-left-out' and to_email = ${email} order by created_at`);
  return rows.map(({ payload, state }) => ({ joined: payload.joined, state }));
};
const demote = (member: Actor) => async () => {
  must(await removeMember(granted(owner, "groups.edit"), giving, member.userId));
};

test("a sponsor reads which groups they could not hand out any more, the first at once, others within a day together", async () => {
  const sponsor = await makeMember(owner, [giving]);
  const waiting = [freshEmail("bob"), freshEmail("cy")];
  const ids = await Promise.all(waiting.map((email) => inviteOne(sponsor, email, [auditors])));
  const ada = await join(sponsor, [auditors, plain], demote(sponsor));
  const without = (email = "", ...names: string[]) => ({ email, without: names, deleted: [] });
  expect(await toldTo(sponsor)).toEqual([{ joined: [without(ada, "Auditors")], state: "queued" }]);
  await sendAll();
  for (const id of ids) must(await accept({ id, channel: "email" }, { name: "Bob", passwordHash }));
  expect(await toldTo(sponsor)).toEqual([
    { joined: [without(ada, "Auditors")], state: "sent" },
    { joined: waiting.map((email) => without(email, "Auditors")), state: "queued" },
  ]);
});

test("nobody is told when every group passes", async () => {
  const sponsor = await makeMember(owner, [giving]);
  await join(sponsor, [auditors], async () => {});
  await join(sponsor, [], demote(sponsor));
  expect(await toldTo(sponsor)).toEqual([]);
});

test("a group that has gained rights since is left out, and that is told", async () => {
  const sponsor = await makeMember(owner, [giving]);
  const growing = await makeGroup(owner, [], "Growing");
  const ada = await join(sponsor, [growing, plain], async () => {
    await db().execute(sql`insert into policies (organization_id, group_id, permission, operation)
      values (${owner.organizationId}, ${growing}, 'settings', 'edit')`);
  });
  expect(await toldTo(sponsor)).toMatchObject([{ joined: [{ email: ada, without: ["Growing"] }] }]);
});
