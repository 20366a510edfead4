import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import type { UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { createGroup, deleteGroup } from "@/lib/groups/commands";
import { addMembers, removeMember } from "@/lib/groups/members";
import { accept, recordWrongAccount } from "@/lib/invitations/accept";
import { askForNewInvite } from "@/lib/invitations/ask";
import { copyLink } from "@/lib/invitations/copy-link";
import { resend } from "@/lib/invitations/resend";
import { deactivate, reactivate } from "@/lib/members/deactivate";
import { testDatabase } from "@/lib/testing/database";
import {
  freshEmail,
  granted,
  inviteOne,
  makeGroup,
  makeMember,
  makeMemberWith,
  makeOwner,
  must,
  passwordHash,
} from "@/lib/testing/people";
import { type Event, readInvitationPast, readMemberPast } from "./past";

testDatabase();

const shift = (id: string, hours: number) =>
  db().execute(sql`
    update invitations set last_sent_at = last_sent_at - make_interval(hours => ${hours}), expires_at = expires_at - make_interval(hours => ${hours})
    where id = ${id}`);

/** Lets an invitation run out at this very moment; that it was sent lies longer back than one has to wait. */
const runOut = (id: string) =>
  db().execute(
    sql`update invitations set last_sent_at = last_sent_at - interval '1 hour', expires_at = clock_timestamp() where id = ${id}`,
  );

/** Only what an event says beyond that it happened. */
const told = (events: readonly Event[] = []) =>
  events.map(({ action, actor, groups, leftOut, through, because }) =>
    Object.fromEntries(
      Object.entries({ action, actor, groups, leftOut, through, because }).filter(([, value]) => value !== null),
    ),
  );

test("an invitation's history tells every event in order: with groups, through whom, and that it ran out", async () => {
  const owner = await makeOwner();
  const reading = granted(owner, "access.read");
  const group = await makeGroup(owner, ["audit.read"], "Readers");
  const id = await inviteOne(owner, freshEmail("ada"), [group]);
  await shift(id, 1);
  must(await resend(granted(owner, "access.create"), id));
  must(await copyLink(granted(owner, "access.create"), id));
  const actor = "Olive Owner";
  const before = [
    { action: "invitation.created", actor, groups: "Readers" },
    { action: "invitation.resent", actor },
    { action: "invitation.link_revealed", actor },
  ];
  expect(told((await readInvitationPast(reading, id))?.events)).toEqual(before);
  await runOut(id);
  expect(told((await readInvitationPast(reading, id))?.events)).toEqual([...before, { action: "invitation.expired" }]);
  must(await askForNewInvite(id));
  expect(told((await readInvitationPast(reading, id))?.events)).toEqual([
    ...before,
    { action: "invitation.expired" },
    { action: "invitation.asked_again" },
  ]);
  must(await resend(granted(owner, "access.create"), id));
  must(await accept({ id, channel: "code" }, { name: "Ada", passwordHash }));
  expect(told((await readInvitationPast(reading, id))?.events)).toEqual([
    ...before,
    { action: "invitation.asked_again" },
    { action: "invitation.resent", actor },
    { action: "invitation.accepted", actor: "Ada", through: "code" },
  ]);
});

test("somebody who never belonged here and tried an invite is not named", async () => {
  const [owner, stranger] = [await makeOwner(), await makeOwner("Globex")];
  const id = await inviteOne(owner, freshEmail("ada"));
  await recordWrongAccount({ id, channel: "email" }, stranger.userId);
  expect(told((await readInvitationPast(granted(owner, "access.read"), id))?.events)).toEqual([
    { action: "invitation.created", actor: "Olive Owner" },
    { action: "invitation.refused_to_other" },
  ]);
});

test("it says whose deactivation took an invitation along", async () => {
  const owner = await makeOwner();
  const sponsor = await makeMemberWith(owner, ["access.create"]);
  const id = await inviteOne(sponsor, freshEmail("ada"));
  must(await deactivate(granted(owner, "access.edit"), sponsor.userId));
  expect(told((await readInvitationPast(granted(owner, "access.read"), id))?.events)).toEqual([
    { action: "invitation.created", actor: "Mia Member" },
    { action: "invitation.revoked", actor: "Olive Owner", because: "Mia Member" },
  ]);
});

test("a member's history tells how they came, without which groups, and what was done to them", async () => {
  const owner = await makeOwner();
  const reading = granted(owner, "access.read");
  const group = await makeGroup(owner, ["audit.read"], "Readers");
  const sponsor = await makeMemberWith(owner, ["access.create", "groups.edit", "audit.read"]);
  const [email, access] = [freshEmail("ada"), granted(owner, "access.edit")];
  const id = await inviteOne(sponsor, email, [group]);
  await db().execute(sql`delete from group_members where user_id = ${sponsor.userId}`);
  const { userId } = must(await accept({ id, channel: "email" }, { name: "Ada", passwordHash }));
  must(await deactivate(access, userId));
  must(await reactivate(access, userId));
  const past = await readMemberPast(reading, userId);
  expect(past).toMatchObject({ invitationId: id, lastOwner: false });
  expect(told(past.events)).toEqual([
    { action: "user.created", actor: "Ada" },
    { action: "membership.created", actor: "Ada", leftOut: "Readers" },
    { action: "membership.deactivated", actor: "Olive Owner" },
    { action: "membership.reactivated", actor: "Olive Owner" },
  ]);
  expect((await readMemberPast(reading, owner.userId)).lastOwner).toBe(true);
});

test("a member's history tells which groups they were put into and taken out of, by whom, also groups that are gone", async () => {
  const owner = await makeOwner();
  const [ada, bob] = [await makeMember(owner), await makeMember(owner)];
  const [edit, readers] = [granted(owner, "groups.edit"), await makeGroup(owner, [], "Readers")];
  must(await addMembers(edit, readers, [ada.userId, bob.userId]));
  must(await removeMember(edit, readers, ada.userId));
  const input = { name: "Writers", description: "", members: [ada.userId, owner.userId] };
  const writers = must(await createGroup(granted(owner, "groups.create"), input));
  must(await deleteGroup(granted(owner, "groups.delete"), writers));
  const events = async (reader: Actor, id: UserId) =>
    told((await readMemberPast(granted(reader, "access.read"), id)).events).filter((event) =>
      String(event.action).startsWith("group."),
    );
  const actor = "Olive Owner";
  expect(await events(owner, ada.userId)).toEqual([
    { action: "group.member_added", actor, groups: "Readers" },
    { action: "group.member_removed", actor, groups: "Readers" },
    { action: "group.created", actor, groups: "Writers" },
    { action: "group.deleted", actor, groups: "Writers" },
  ]);
  expect(await events(owner, bob.userId)).toEqual([{ action: "group.member_added", actor, groups: "Readers" }]);
  expect(await events(await makeOwner("Globex"), ada.userId)).toEqual([]);
});

test("nothing of another organization is told; of a long history the latest, and that there is more", async () => {
  const [owner, stranger] = [await makeOwner(), await makeOwner("Globex")];
  const id = await inviteOne(owner, freshEmail("ada"));
  expect(await readInvitationPast(granted(stranger, "access.read"), id)).toBeNull();
  const member = await makeMember(owner);
  expect((await readMemberPast(granted(stranger, "access.read"), member.userId)).events).toEqual([]);
  const past = async () => {
    const { events, earlier } = (await readInvitationPast(granted(owner, "access.read"), id)) ?? { events: [] };
    return [events.length, events.at(0)?.action, events.at(-1)?.action, earlier];
  };
  for (let press = 0; press < 199; press++) must(await copyLink(granted(owner, "access.create"), id));
  expect(await past()).toEqual([200, "invitation.created", "invitation.link_revealed", false]);
  await shift(id, 1);
  must(await resend(granted(owner, "access.create"), id));
  expect(await past()).toEqual([200, "invitation.link_revealed", "invitation.resent", true]);
});
