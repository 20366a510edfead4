import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import type { GroupId, InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { accept } from "@/lib/invitations/accept";
import { deactivate } from "@/lib/members/deactivate";
import { testDatabase } from "@/lib/testing/database";
import { sendAll } from "@/lib/testing/outbox";
import {
  actorOf,
  freshEmail,
  granted,
  inviteOne,
  makeGroup,
  makeMember,
  makeOwner,
  must,
  ownersGroup,
  passwordHash,
} from "@/lib/testing/people";
import { addMembers, removeMember, setGroups } from "./members";

testDatabase();
let owner: Actor;
let owners: GroupId;
let plain: GroupId;

beforeAll(async () => {
  owner = await makeOwner();
  owners = await ownersGroup(owner.organizationId);
  plain = await makeGroup(owner, []);
});

const editing = (actor = owner) => granted(actor, "groups.edit");
const toldTo = async ({ email }: { email: string }) => {
  const rows = await db().execute<{ payload: { by: string; group: GroupId; organization: string }; state: string }>(sql`
    select payload, state from outbox where kind = 'made-owner' and to_email = ${email} order by created_at`);
  return rows.map(({ payload: { by, group, organization }, state }) => ({ by, group, organization, state }));
};
const once = (state = "queued") => [{ by: "Olive Owner", group: owners, organization: "Acme", state }];

test("whoever is made an owner is told by whom, whichever way it was done", async () => {
  const [ada, bob, cleo, dan] = [
    await makeMember(owner),
    await makeMember(owner),
    await makeMember(owner),
    await makeMember(owner),
  ];
  must(await addMembers(editing(), owners, [ada.userId]));
  must(await addMembers(editing(), owners, [ada.userId, bob.userId]));
  must(await addMembers(editing(), owners, [owner.userId, cleo.userId]));
  must(await setGroups(editing(), dan.userId, [plain, owners]));
  for (const person of [ada, bob, cleo, dan]) expect(await toldTo(person)).toEqual(once());
  expect(await toldTo(owner)).toEqual([]);
  await sendAll();
  expect(await toldTo(ada)).toEqual(once("sent"));
});

const join = async (id: InvitationId) => must(await accept({ id, channel: "email" }, { name: "Eve", passwordHash }));

test("also who joins as one, by the name of whoever vouched for it", async () => {
  const email = freshEmail("eve");
  const { sessionId } = await join(await inviteOne(owner, email, [plain, owners]));
  expect((await actorOf(sessionId)).owner).toBe(true);
  expect(await toldTo({ email })).toEqual(once());
});

test("nobody is told of another group, of what was refused or changed nothing, or while they can't come in", async () => {
  const [fay, gus] = [await makeMember(owner, [plain]), await makeMember(owner)];
  must(await deactivate(granted(owner, "access.edit"), gus.userId));
  must(await addMembers(editing(), owners, [gus.userId]));
  must(await addMembers(editing(), owners, [owner.userId]));
  const manager = await makeMember(owner, [await makeGroup(owner, ["groups.edit"])]);
  expect(await addMembers(editing(manager), owners, [fay.userId])).toMatchObject({ refusal: { code: "owners-only" } });
  const email = freshEmail("hal");
  await join(await inviteOne(owner, email, [plain]));
  for (const person of [fay, gus, owner, manager, { email }]) expect(await toldTo(person)).toEqual([]);
});

test("who is out again before the mail has gone is not told", async () => {
  const ivy = await makeMember(owner);
  must(await addMembers(editing(), owners, [ivy.userId]));
  must(await removeMember(editing(), owners, ivy.userId));
  await sendAll();
  expect(await toldTo(ivy)).toEqual(once("cancelled"));
});
