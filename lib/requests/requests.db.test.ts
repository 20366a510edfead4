import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { AccessRequestId, GroupId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { deleteGroup } from "@/lib/groups/commands";
import { removeMember } from "@/lib/groups/members";
import { deactivate } from "@/lib/members/deactivate";
import type { Result } from "@/lib/result";
import { testDatabase } from "@/lib/testing/database";
import {
  currentActor,
  forged,
  granted,
  makeGroup,
  makeMember,
  makeMemberWith,
  makeOwner,
  must,
  ownersGroup,
  promote,
} from "@/lib/testing/people";
import { granting, refusing, requestOf } from "@/lib/testing/requests";
import { ask } from "./ask";
import { decide } from "./decide";
import { readOwnRequest, readRequest } from "./queries";

testDatabase();
let owner: Actor;
let plain: GroupId;
beforeAll(async () => {
  owner = await makeOwner("Acme");
  plain = await makeGroup(owner, [], "Plain");
});

const answerOf = (result: Result<unknown>) => (result.ok ? "done" : result.refusal);
/** Somebody who has asked, and their request. */
const asking = async (note = "The sales figures, please") => {
  const asker = await makeMember(owner);
  must(await ask(asker, { note }));
  return { asker, request: await requestOf(asker) };
};
const groupsOf = async ({ userId, organizationId }: Actor): Promise<GroupId[]> => {
  const rows = await db().execute<{ id: GroupId }>(sql`
    select group_id as id from group_members where user_id = ${userId} and organization_id = ${organizationId}`);
  return rows.map(({ id }) => id);
};
const eventsOf = async ({ userId }: Actor) =>
  await db().execute<{ action: string; after: unknown; actor: string }>(sql`
    select action, after, actor_id as actor from audit_events
    where target_id = ${userId} and action like 'membership.access_%' order by sequence`);

describe("asking", () => {
  test("is kept and on record, once until somebody decides, and what was typed first stays", async () => {
    const { asker, request } = await asking();
    expect(answerOf(await ask(asker, { note: "Something else" }))).toEqual({ code: "asked-already" });
    expect(await readOwnRequest(asker)).toMatchObject({ note: "The sales figures, please", decision: null });
    expect(await eventsOf(asker)).toEqual([
      { action: "membership.access_requested", after: { request }, actor: asker.userId },
    ]);
  });

  test("twice at the same moment makes one request", async () => {
    const asker = await makeMember(owner);
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(asker, { note: "" })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await eventsOf(asker)).toHaveLength(1);
  });

  test("again is possible after each answer, five times a day, and then says when", async () => {
    const { asker } = await asking();
    for (let asked = 1; asked < 5; asked++) {
      must(await decide(granted(owner, "groups.edit"), refusing(await requestOf(asker))));
      must(await ask(asker, { note: "" }));
    }
    must(await decide(granted(owner, "groups.edit"), refusing(await requestOf(asker))));
    const sixth = await ask(asker, { note: "" });
    expect(answerOf(sixth)).toMatchObject({ code: "limited", said: expect.stringContaining("often enough for a day") });
    if (!sixth.ok && sixth.refusal.code === "limited")
      expect(sixth.refusal.until.getTime() - Date.now()).toBeGreaterThan(86_000_000);
    expect((await readOwnRequest(asker))?.decision).toMatchObject({ granted: false });
    await db().execute(sql`update limits set hits = array(select h - interval '1 day' from unnest(hits) h)
      where subject = ${`${asker.organizationId} ${asker.userId}`}`);
    expect(answerOf(await ask(asker, { note: "" }))).toBe("done");
  });

  test("is refused to somebody deactivated while the form was open", async () => {
    const asker = await makeMember(owner);
    must(await deactivate(granted(owner, "access.edit"), asker.userId));
    expect(answerOf(await ask(asker, { note: "" }))).toEqual({ code: "inactive", organization: "Acme" });
    expect(await eventsOf(asker)).toEqual([]);
  });
});

describe("deciding", () => {
  test("gives the groups, says which, and is on record with the asker and each group", async () => {
    const { asker, request } = await asking();
    const other = await makeGroup(owner, ["audit.read"], "Auditors");
    must(await decide(granted(owner, "groups.edit"), { ...granting(request, plain, other), answer: "Welcome" }));
    expect((await groupsOf(asker)).toSorted()).toEqual([plain, other].toSorted());
    const decision = { by: "Olive Owner", granted: true, answer: "Welcome", groups: ["Auditors", "Plain"] };
    expect(await readOwnRequest(asker)).toMatchObject({ decision });
    expect(await readRequest(granted(owner, "groups.edit"), request)).toMatchObject({
      decision,
      memberOf: ["Auditors", "Plain"],
    });
    const [, event] = await eventsOf(asker);
    expect(event).toEqual({
      action: "membership.access_granted",
      after: { request, groups: [other, plain] },
      actor: owner.userId,
    });
    const added = await db().execute(sql`
      select from audit_events where action = 'group.member_added' and after ->> 'user' = ${asker.userId}`);
    expect(added).toHaveLength(2);
  });

  test("refuses, with what was answered, and gives nothing", async () => {
    const { asker, request } = await asking();
    must(await decide(granted(owner, "groups.edit"), refusing(request, "Ask me in May")));
    expect(await groupsOf(asker)).toEqual([]);
    expect(await readOwnRequest(asker)).toMatchObject({
      decision: { by: "Olive Owner", granted: false, answer: "Ask me in May", groups: [] },
    });
    expect((await eventsOf(asker))[1]).toMatchObject({ action: "membership.access_refused", after: { request } });
  });

  test("happens once: of two at the same moment the second is told what the first did", async () => {
    const rival = await makeMember(owner);
    await promote(owner, rival.userId);
    const [one, two] = [granted(owner, "groups.edit"), granted(await currentActor(rival.sessionId), "groups.edit")];
    for (let round = 0; round < 10; round++) {
      const { asker, request } = await asking();
      const answers = await Promise.all([decide(one, granting(request, plain)), decide(two, refusing(request))]);
      const [winner] = answers.flatMap((answer, place) => (answer.ok ? [place] : []));
      const by = winner === 0 ? "Olive Owner" : "Mia Member";
      expect(answers.map(answerOf).toSorted()).toEqual(
        ["done", { code: "decided-already", by, granted: winner === 0 }].toSorted(),
      );
      expect(await groupsOf(asker)).toEqual(winner === 0 ? [plain] : []);
      expect(await eventsOf(asker)).toHaveLength(2);
    }
  });

  test("a second time by oneself says so, whatever is chosen now", async () => {
    const { asker, request } = await asking();
    must(await decide(granted(owner, "groups.edit"), refusing(request)));
    const again = await decide(granted(owner, "groups.edit"), granting(request, plain));
    expect(answerOf(again)).toEqual({ code: "decided-already", by: null, granted: false });
    expect(await groupsOf(asker)).toEqual([]);
  });

  test("somebody who was deactivated meanwhile is given nothing, and can be refused", async () => {
    const { asker, request } = await asking();
    must(await deactivate(granted(owner, "access.edit"), asker.userId));
    expect(answerOf(await decide(granted(owner, "groups.edit"), granting(request, plain)))).toEqual({
      code: "invalid",
      errors: { groups: "They are inactive. Re-activate them first, or refuse the request." },
    });
    expect(await groupsOf(asker)).toEqual([]);
    expect(answerOf(await decide(granted(owner, "groups.edit"), refusing(request)))).toBe("done");
  });

  test("somebody who was put into the group meanwhile is told that they are in it", async () => {
    const asker = await makeMember(owner, [plain]);
    must(await ask(asker, { note: "" }));
    must(await decide(granted(owner, "groups.edit"), granting(await requestOf(asker), plain)));
    expect(await groupsOf(asker)).toEqual([plain]);
    expect(await readOwnRequest(asker)).toMatchObject({ decision: { granted: true, groups: ["Plain"] } });
  });

  test("a group that was deleted meanwhile is named as the problem, and nothing of the rest is given", async () => {
    const { asker, request } = await asking();
    const gone = await makeGroup(owner, []);
    must(await deleteGroup(granted(owner, "groups.delete"), gone));
    const stranger = await makeOwner("Globex");
    for (const group of [gone, await makeGroup(stranger, [])])
      expect(answerOf(await decide(granted(owner, "groups.edit"), granting(request, plain, group)))).toEqual({
        code: "invalid",
        errors: { groups: "A group you chose no longer exists. Choose among those that do." },
      });
    expect(await groupsOf(asker)).toEqual([]);
    expect(await readOwnRequest(asker)).toMatchObject({ decision: null });
  });

  test("takes the right at that moment, and no group beyond what the decider holds then", async () => {
    const auditors = await makeGroup(owner, ["audit.read"]);
    const managers = await makeGroup(owner, ["groups.edit"]);
    const manager = await makeMember(owner, [auditors, managers]);
    const deciding = granted(manager, "groups.edit");
    const { asker, request } = await asking();
    must(await removeMember(granted(owner, "groups.edit"), auditors, manager.userId));
    expect(answerOf(await decide(deciding, granting(request, plain, auditors)))).toMatchObject({
      code: "beyond-own-rights",
    });
    const owners = await ownersGroup(owner.organizationId);
    expect(answerOf(await decide(deciding, granting(request, owners)))).toEqual({ code: "owners-only" });
    must(await removeMember(granted(owner, "groups.edit"), managers, manager.userId));
    for (const tried of [granting(request, plain), refusing(request)])
      expect(answerOf(await decide(deciding, tried))).toEqual({ code: "forbidden", missing: "groups.edit" });
    expect(await groupsOf(asker)).toEqual([]);
    expect(await readOwnRequest(asker)).toMatchObject({ decision: null });
  });

  test("one's own request gives no more than one holds already", async () => {
    const manager = await makeMemberWith(owner, ["groups.edit"]);
    must(await ask(manager, { note: "" }));
    const request = await requestOf(manager);
    const auditors = await makeGroup(owner, ["audit.read"]);
    const own = granted(manager, "groups.edit");
    expect(answerOf(await decide(own, granting(request, auditors)))).toMatchObject({ code: "beyond-own-rights" });
    expect(answerOf(await decide(own, granting(request, plain)))).toBe("done");
  });

  test("of another organization is like that of nobody", async () => {
    const { asker, request } = await asking();
    const stranger = await makeOwner("Globex");
    const theirs = await makeGroup(stranger, []);
    for (const id of [request, "00000000-0000-4000-8000-000000000000" as AccessRequestId]) {
      for (const tried of [granting(id, theirs), granting(id, plain), refusing(id)])
        expect(answerOf(await decide(forged(stranger, "groups.edit"), tried))).toEqual({ code: "not-found" });
      expect(await readRequest(granted(stranger, "groups.edit"), id)).toBeNull();
    }
    expect(await readOwnRequest(asker)).toMatchObject({ decision: null });
  });
});
