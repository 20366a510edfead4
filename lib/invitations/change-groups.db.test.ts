import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { GroupId, InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { removeMember } from "@/lib/groups/members";
import { testDatabase } from "@/lib/testing/database";
import {
  forged,
  freshEmail,
  granted,
  inviteOne,
  makeGroup,
  makeMember,
  makeMemberWith,
  makeOwner,
  must,
  ownersGroup,
  passwordHash,
} from "@/lib/testing/people";
import { accept } from "./accept";
import { changeGroups } from "./change-groups";
import { revoke } from "./revoke";

testDatabase();
let owner: Actor;
let managing: GroupId;
let manager: Actor;
let plain: GroupId;
let auditors: GroupId;

beforeAll(async () => {
  owner = await makeOwner();
  managing = await makeGroup(owner, ["groups.edit", "access.create"]);
  manager = await makeMember(owner, [managing]);
  plain = await makeGroup(owner, ["access.read"]);
  auditors = await makeGroup(owner, ["audit.read"]);
});

const change = (actor: Actor, id: InvitationId, groups: GroupId[]) =>
  changeGroups(granted(actor, "groups.edit"), id, groups);
const invited = (groups: GroupId[] = [], by = owner) => inviteOne(by, freshEmail("ada"), groups);

const factsOf = async (id: InvitationId) => {
  const [row] = await db().execute<{ sponsor: string; groups: GroupId[]; events: unknown[] }>(sql`
    select i.sponsor_id as sponsor,
      array(select group_id from invitation_groups where invitation_id = i.id order by group_id) as groups,
      (select coalesce(json_agg(json_build_object('action', e.action, 'before', e.before, 'after', e.after)
        order by e.sequence), '[]') from audit_events e where e.target_id = i.id and e.before is not null) as events
    from invitations i where i.id = ${id}`);
  if (!row) throw new Error("It is there");
  return row;
};

describe("groups of an invitation", () => {
  test("are changed, by somebody who vouches for it from then on, and it is written down", async () => {
    const id = await invited([auditors]);
    must(await change(manager, id, [plain, plain]));
    expect(await factsOf(id)).toEqual({
      sponsor: manager.userId,
      groups: [plain],
      events: [
        {
          action: "invitation.groups_changed",
          before: { groups: [auditors], sponsor: owner.userId },
          after: { groups: [plain], sponsor: manager.userId },
        },
      ],
    });
  });

  test("are changed by what was ticked and cleared: what somebody else did since the form was drawn stands", async () => {
    const id = await invited([auditors]);
    must(await change(owner, id, [auditors, managing]));
    must(await changeGroups(granted(owner, "groups.edit"), id, [auditors, plain], [auditors]));
    expect((await factsOf(id)).groups).toEqual([auditors, managing, plain].toSorted());
    must(await change(owner, id, [managing, plain]));
    must(await changeGroups(granted(owner, "groups.edit"), id, [auditors, plain], [auditors, managing, plain]));
    expect((await factsOf(id)).groups).toEqual([plain]);
  });

  test("the same again are vouched for by whoever saves them, once", async () => {
    const id = await invited([plain]);
    must(await change(manager, id, [plain]));
    must(await change(manager, id, [plain]));
    expect(await factsOf(id)).toEqual({
      sponsor: manager.userId,
      groups: [plain],
      events: [
        {
          action: "invitation.vouched_for",
          before: { groups: [plain], sponsor: owner.userId },
          after: { groups: [plain], sponsor: manager.userId },
        },
      ],
    });
  });

  test("saved as they are by somebody who holds them, they are given although the one before lost their rights", async () => {
    const sponsor = await makeMember(owner, [managing]);
    const id = await invited([plain], sponsor);
    must(await removeMember(granted(owner, "groups.edit"), managing, sponsor.userId));
    must(await change(owner, id, [plain]));
    const joined = must(await accept({ id, channel: "email" }, { name: "Ada", passwordHash }));
    const rows = await db().execute(sql`select group_id from group_members where user_id = ${joined.userId}`);
    expect(rows).toEqual([{ group_id: plain }]);
  });

  test("an expired invitation keeps being expired", async () => {
    const id = await invited();
    await db().execute(sql`
      update invitations set last_sent_at = last_sent_at - interval '8 days', expires_at = expires_at - interval '8 days' where id = ${id}`);
    must(await change(manager, id, [plain]));
    const [row] = await db().execute<{ over: boolean }>(
      sql`select expires_at < now() as over from invitations where id = ${id}`,
    );
    expect([row?.over, (await factsOf(id)).groups]).toEqual([true, [plain]]);
  });

  test("are what the person joins with", async () => {
    const id = await invited();
    must(await change(manager, id, [plain]));
    const joined = must(await accept({ id, channel: "email" }, { name: "Ada", passwordHash }));
    const rows = await db().execute(sql`select group_id from group_members where user_id = ${joined.userId}`);
    expect(rows).toEqual([{ group_id: plain }]);
  });
});

describe("nobody hands out more than they hold", () => {
  test("by adding a group beyond themselves", async () => {
    const id = await invited([plain]);
    expect(await change(manager, id, [plain, auditors])).toMatchObject({ refusal: { code: "beyond-own-rights" } });
    expect(await factsOf(id)).toMatchObject({ sponsor: owner.userId, groups: [plain], events: [] });
  });

  test("by vouching for one that was in it before", async () => {
    const id = await invited([auditors]);
    expect(await change(manager, id, [auditors, plain])).toMatchObject({ refusal: { code: "beyond-own-rights" } });
    expect(await factsOf(id)).toMatchObject({ sponsor: owner.userId, groups: [auditors] });
  });

  test("and Owners are chosen by owners alone", async () => {
    const owners = await ownersGroup(owner.organizationId);
    const id = await invited();
    expect(await change(manager, id, [owners])).toMatchObject({ refusal: { code: "beyond-own-rights" } });
    must(await change(owner, id, [owners]));
    expect((await factsOf(id)).groups).toEqual([owners]);
  });

  test("when whoever changed it has lost the right since, the groups are left out", async () => {
    const leaving = await makeMember(owner, [managing]);
    const id = await invited();
    must(await change(leaving, id, [plain]));
    must(await removeMember(granted(owner, "groups.edit"), managing, leaving.userId));
    const joined = must(await accept({ id, channel: "email" }, { name: "Ada", passwordHash }));
    expect(await db().execute(sql`select from group_members where user_id = ${joined.userId}`)).toEqual([]);
  });

  test("without the right to change groups, whatever was granted when the page was drawn", async () => {
    const recruiter = await makeMemberWith(owner, ["access.create"]);
    const id = await invited();
    expect(await changeGroups(forged(recruiter, "groups.edit"), id, [])).toMatchObject({
      refusal: { code: "forbidden", missing: "groups.edit" },
    });
  });
});

test("an invitation that has ended is refused", async () => {
  const id = await invited();
  must(await revoke(granted(owner, "access.delete"), id));
  expect(await change(owner, id, [plain])).toMatchObject({ refusal: { code: "no-longer-open" } });
});

test("what belongs to another organization answers like what doesn't exist", async () => {
  const stranger = await makeOwner("Globex");
  const id = await invited();
  const theirs = await makeGroup(stranger, []);
  const nothing = { ok: false, refusal: { code: "not-found" } };
  expect(await change(stranger, id, [])).toEqual(nothing);
  expect(await change(owner, id, [theirs])).toEqual(nothing);
  expect((await factsOf(id)).groups).toEqual([]);
});
