import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { GroupId, InvitationId, UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { readHolding } from "@/lib/access/holding";
import { readInvitationPast, readMemberPast } from "@/lib/directory/past";
import { deleteGroup } from "@/lib/groups/commands";
import { removeMember } from "@/lib/groups/members";
import { addPolicies, removePolicy } from "@/lib/groups/policies";
import { deactivate } from "@/lib/members/deactivate";
import { testDatabase } from "@/lib/testing/database";
import {
  freshEmail,
  granted,
  inviteOne,
  makeGroup,
  makeMember,
  makeOwner,
  must,
  passwordHash,
  whole,
} from "@/lib/testing/people";
import { accept } from "./accept";
import { changeGroups } from "./change-groups";
import { countInvitationsTo } from "./lose-group";
import { resend } from "./resend";
import { revoke } from "./revoke";

// What becomes of an invitation's groups between the invitation and its acceptance: in the tables, in both histories, in
// the mail to whoever vouched for it.
testDatabase();
let owner: Actor;
let sponsor: Actor;
let giving: GroupId;
let reviewing: GroupId;
let auditors: GroupId;
let plain: GroupId;
let email: string;
let id: InvitationId;

beforeAll(async () => {
  owner = await makeOwner();
});

beforeEach(async () => {
  giving = await makeGroup(owner, ["groups.edit", "access.create"]);
  reviewing = await makeGroup(owner, ["audit.read", "domains.edit"]);
  auditors = await makeGroup(owner, ["audit.read"], `Auditors of ${giving.slice(0, 8)}`);
  plain = await makeGroup(owner, [], `Plain of ${giving.slice(0, 8)}`);
  sponsor = await makeMember(owner, [giving, reviewing]);
  email = freshEmail("ada");
  id = await inviteOne(sponsor, email, [auditors, plain]);
});

const may = { edit: () => granted(owner, "groups.edit"), drop: () => granted(owner, "groups.delete") };
const takeOut = async (group: GroupId) => must(await removeMember(may.edit(), group, sponsor.userId));
const remove = async (group: GroupId) => must(await deleteGroup(may.drop(), group));
const join = async () => must(await accept({ id, channel: "email" }, { name: "Ada", passwordHash })).userId;

/** Names as a test knows them, without what keeps them apart. */
const bare = (names: string | null | undefined) => names?.replaceAll(/ of [0-9a-f]{8}/g, "") ?? null;
const mailsTo = async (to: string): Promise<unknown[]> => {
  const rows = await db().execute<{ joined: unknown }>(sql`
    select payload -> 'joined' as joined from outbox where kind = 'groups-left-out' and to_email = ${to}`);
  return rows.map(({ joined }) => JSON.parse(bare(JSON.stringify(joined)) ?? "null"));
};
const mail = (without: string[], deleted: string[]) => [[{ email, without, deleted }]];

/** Everything that says what somebody joined with. */
const storyOf = async (userId: UserId) => {
  const reading = granted(owner, "access.read");
  const rows = await db().execute<{ name: string }>(sql`
    select g.name from group_members gm join groups g on g.id = gm.group_id where gm.user_id = ${userId} order by g.name`);
  const [accepted, joined] = [
    (await readInvitationPast(reading, id))?.events.findLast(({ action }) => action === "invitation.accepted"),
    (await readMemberPast(reading, userId)).events.findLast(({ action }) => action === "membership.created"),
  ];
  return {
    member: rows.map(({ name }) => bare(name)),
    invitation: { leftOut: bare(accepted?.leftOut), deleted: bare(accepted?.deleted) },
    joined: { groups: bare(joined?.groups), leftOut: bare(joined?.leftOut), deleted: bare(joined?.deleted) },
  };
};
const story = (member: string[], leftOut: string | null = null, deleted: string | null = null) => ({
  member,
  invitation: { leftOut, deleted },
  joined: { groups: member.join(", ") || null, leftOut, deleted },
});

describe("an invitation to Auditors and Plain, and meanwhile", () => {
  test("a group loses rights: it is given, with what is left of it", async () => {
    must(await removePolicy(may.drop(), auditors, whole("audit.read")));
    const ada = await join();
    expect(await storyOf(ada)).toEqual(story(["Auditors", "Plain"]));
    expect((await readHolding(db(), owner.organizationId, ada))?.rights).toEqual(new Set());
    expect(await mailsTo(sponsor.email)).toEqual([]);
  });

  test("a group gains rights that the sponsor holds too: it is given with them", async () => {
    must(await addPolicies(granted(owner, "groups.create"), auditors, [whole("domains.read")]));
    const ada = await join();
    expect(await storyOf(ada)).toEqual(story(["Auditors", "Plain"]));
    expect((await readHolding(db(), owner.organizationId, ada))?.rights).toEqual(
      new Set(["audit.read", "domains.read"]),
    );
    expect(await mailsTo(sponsor.email)).toEqual([]);
  });

  test("a group gains rights beyond the sponsor's: it is left out, recorded, told", async () => {
    must(await addPolicies(granted(owner, "groups.create"), auditors, [whole("settings.edit")]));
    expect(await storyOf(await join())).toEqual(story(["Plain"], "Auditors"));
    expect(await mailsTo(sponsor.email)).toEqual(mail(["Auditors"], []));
  });

  test("the sponsor loses what a group allows: that one is left out", async () => {
    await takeOut(reviewing);
    expect(await storyOf(await join())).toEqual(story(["Plain"], "Auditors"));
    expect(await mailsTo(sponsor.email)).toEqual(mail(["Auditors"], []));
  });

  test("the sponsor may choose no groups any more, and holds what they allow: they are given", async () => {
    await takeOut(giving);
    expect(await storyOf(await join())).toEqual(story(["Auditors", "Plain"]));
    expect(await mailsTo(sponsor.email)).toEqual([]);
  });

  test("the sponsor is deactivated: the invitation is over with that, and nobody joins", async () => {
    must(await deactivate(granted(owner, "access.edit"), sponsor.userId));
    expect(await accept({ id, channel: "email" }, { name: "Ada", passwordHash })).toMatchObject({
      refusal: { code: "no-longer-open" },
    });
    expect(await db().execute(sql`select from memberships where email = ${email}`)).toEqual([]);
    const events = (await readInvitationPast(granted(owner, "access.read"), id))?.events;
    expect(events?.at(-1)).toMatchObject({ action: "invitation.revoked", because: "Mia Member" });
  });

  test("the sponsor is inactive though it is still open, which no command makes: they hand out nothing all the same", async () => {
    await db().execute(sql`update memberships set deactivated_at = now() where user_id = ${sponsor.userId}`);
    expect(await storyOf(await join())).toEqual(story([], "Auditors, Plain"));
    expect(await mailsTo(sponsor.email)).toEqual([]);
  });

  test("a group is deleted: the others are given, and that it is gone is on record by its name, and told", async () => {
    expect(await countInvitationsTo(granted(owner, "groups.read"), auditors)).toBe(1);
    await remove(auditors);
    const past = await readInvitationPast(granted(owner, "access.read"), id);
    expect(past?.deletedGroups.map(bare)).toEqual(["Auditors"]);
    expect(past?.events.map(({ action, actor, groups }) => [action, actor, bare(groups)])).toEqual([
      ["invitation.created", "Mia Member", "Auditors, Plain"],
      ["invitation.group_deleted", "Olive Owner", "Auditors"],
    ]);
    expect(await mailsTo(sponsor.email)).toEqual([]);
    expect(await storyOf(await join())).toEqual(story(["Plain"], null, "Auditors"));
    expect(await mailsTo(sponsor.email)).toEqual(mail([], ["Auditors"]));
  });

  test("one group is deleted and the sponsor loses the other: each is told as what it is", async () => {
    await remove(plain);
    await takeOut(reviewing);
    expect(await storyOf(await join())).toEqual(story([], "Auditors", "Plain"));
    expect(await mailsTo(sponsor.email)).toEqual(mail(["Auditors"], ["Plain"]));
  });

  test("a group is deleted, and somebody chooses groups anew: they know, so nobody is told", async () => {
    await remove(auditors);
    must(await changeGroups(may.edit(), id, [plain]));
    const events = (await readInvitationPast(granted(owner, "access.read"), id))?.events;
    expect(bare(events?.at(-1)?.groups)).toBe("Plain");
    expect(await storyOf(await join())).toEqual(story(["Plain"]));
    expect(JSON.stringify(await mailsTo(owner.email))).not.toContain(email);
  });

  test("a group is deleted, and somebody else sends it again: whoever vouches for it then is told", async () => {
    await remove(auditors);
    await db().execute(sql`update invitations set last_sent_at = last_sent_at - interval '6 minutes',
      expires_at = expires_at - interval '6 minutes' where id = ${id}`);
    must(await resend(granted(owner, "access.create"), id));
    expect(await storyOf(await join())).toEqual(story(["Plain"], null, "Auditors"));
    expect(await mailsTo(sponsor.email)).toEqual([]);
    expect(JSON.stringify(await mailsTo(owner.email))).toContain(email);
  });
});

test("what is over stays as it was when a group it named is deleted", async () => {
  must(await revoke(granted(owner, "access.delete"), id));
  expect(await countInvitationsTo(granted(owner, "groups.read"), auditors)).toBe(0);
  await remove(auditors);
  const past = await readInvitationPast(granted(owner, "access.read"), id);
  expect(past?.events.map(({ action }) => action)).toEqual(["invitation.created", "invitation.revoked"]);
  expect(bare(past?.events[0]?.groups)).toBe("Auditors, Plain");
});

test("deleting a group while it is being accepted: the person was in it, or it is told to be gone, never neither", async () => {
  const rounds = 50;
  let lead = 0;
  let deletedFirst = 0;
  const racing = await Promise.all(
    Array.from({ length: rounds }, async (_, round) => {
      const group = await makeGroup(owner, [], `Racing ${round}`);
      return { group, invitation: await inviteOne(owner, freshEmail("racer"), [group]) };
    }),
  );
  for (const { group, invitation } of racing) {
    const [joined] = await Promise.all([
      sleep(Math.max(0, lead)).then(() =>
        accept({ id: invitation, channel: "email" }, { name: "Racer", passwordHash }),
      ),
      sleep(Math.max(0, -lead))
        .then(() => deleteGroup(may.drop(), group))
        .then(must),
    ]);
    const userId = must(joined).userId;
    const rows = await db().execute<{ action: string; after: { groups: string[]; deleted: string[] } | null }>(sql`
      select action, after from audit_events where action in ('membership.created', 'group.deleted', 'invitation.group_deleted')
        and target_id in (${userId}, ${group}, ${invitation}) order by sequence`);
    const gone = rows.some(({ action }) => action === "invitation.group_deleted");
    const facts = gone ? { groups: [], deleted: [group] } : { groups: [group], deleted: [] };
    const deletion = gone ? ["invitation.group_deleted", "group.deleted"] : ["group.deleted"];
    expect(rows.map(({ action }) => action)).toEqual(
      gone ? [...deletion, "membership.created"] : ["membership.created", ...deletion],
    );
    expect(rows.find(({ action }) => action === "membership.created")?.after).toMatchObject(facts);
    expect(await db().execute(sql`select from group_members where group_id = ${group}`)).toEqual([]);
    if (gone) deletedFirst++;
    lead += gone ? -10 : 10; // towards the edge, where either may be first
  }
  expect(deletedFirst).toBeGreaterThan(0);
  expect(deletedFirst).toBeLessThan(rounds);
}, 60_000);
