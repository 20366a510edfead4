import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { GroupId, InvitationId, UserId } from "@/db/schema/ids";
import { duplicateGroup } from "@/lib/groups/commands";
import { addMembers, setGroups } from "@/lib/groups/members";
import { addPolicies, removePolicy, setPolicies } from "@/lib/groups/policies";
import { accept } from "@/lib/invitations/accept";
import { changeGroups } from "@/lib/invitations/change-groups";
import { copyLink } from "@/lib/invitations/copy-link";
import { invite } from "@/lib/invitations/invite";
import { resend } from "@/lib/invitations/resend";
import { deactivate, reactivate } from "@/lib/members/deactivate";
import { decide } from "@/lib/requests/decide";
import type { Result } from "@/lib/result";
import { testDatabase } from "@/lib/testing/database";
import {
  age,
  currentActor,
  forged,
  freshEmail,
  granted,
  inviteInput,
  inviteOne,
  makeGroup,
  makeMember,
  makeMemberWith,
  makeOwner,
  must,
  passwordHash,
  refusalOf,
  whole,
} from "@/lib/testing/people";
import { granting, letAsk } from "@/lib/testing/requests";
import { allow, everyPolicy, makeDomain, makeSource } from "@/lib/testing/resources";
import type { Actor } from "./actor";
import type { Right } from "./catalogue";
import { coverage } from "./covers";
import { type Holding, holdingOf, readHolding } from "./holding";
import { keyOf, type Policy } from "./policy";

testDatabase();
const newcomer = { name: "Nora Newcomer", passwordHash };
const holdingFor = async (of: Actor, userId: UserId): Promise<Holding> =>
  (await readHolding(db(), of.organizationId, userId)) ?? holdingOf(false, []);

/** What it takes to use every path there is. */
const managing: Right[] = ["access.create", "access.edit", "groups.create", "groups.edit", "groups.delete"];

describe("every path by which something is handed out", () => {
  let owner: Actor;
  let giver: Actor;
  let plain: Actor;
  let choices: Policy[];
  /** What the giver holds, what is handed out, and a group that allows nothing. */
  let own: GroupId;
  let full: GroupId;
  let empty: GroupId;
  beforeAll(async () => {
    owner = await makeOwner();
    choices = everyPolicy([await makeSource(owner, { sales: ["orders"], people: [] })], [await makeDomain(owner)]);
    [own, full, empty] = [await makeGroup(owner, []), await makeGroup(owner, []), await makeGroup(owner, [])];
    giver = await makeMember(owner, [own]);
    plain = await makeMember(owner);
  });

  /** Each path tries to hand out what `full` allows, which is `policy`. */
  const paths: Record<string, (policy: Policy) => Promise<Result<unknown>>> = {
    addPolicies: (policy) => addPolicies(forged(giver, "groups.create"), empty, [policy]),
    setPolicies: (policy) => setPolicies(forged(giver, "groups.edit"), empty, [policy]),
    "addMembers, of oneself": () => addMembers(forged(giver, "groups.edit"), full, [giver.userId]),
    "addMembers, of somebody else": () => addMembers(forged(giver, "groups.edit"), full, [plain.userId]),
    "setGroups, of oneself": () => setGroups(forged(giver, "groups.edit"), giver.userId, [own, full]),
    duplicateGroup: () => {
      const input = { name: `Copy ${randomUUID().slice(0, 8)}`, description: "", members: [giver.userId] };
      return duplicateGroup(forged(giver, "groups.create"), full, input);
    },
    invite: () => invite(forged(giver, "access.create"), inviteInput(freshEmail(), { groups: [full] })),
    resend: async () => {
      const id = await inviteOne(owner, freshEmail(), [full]);
      await age(id, "6 minutes");
      return resend(forged(giver, "access.create"), id);
    },
    changeGroups: async () => changeGroups(forged(giver, "groups.edit"), await inviteOne(owner, freshEmail()), [full]),
    "changeGroups, of what somebody else invited to": async () =>
      changeGroups(forged(giver, "groups.edit"), await inviteOne(owner, freshEmail(), [full]), [full, empty]),
    "invite, each to groups of their own": () => {
      const input = inviteInput(freshEmail());
      return invite(forged(giver, "access.create"), { ...input, groupsOf: [[full]] });
    },
    copyLink: async () => copyLink(forged(giver, "access.create"), await inviteOne(owner, freshEmail(), [full])),
    "deciding a request": async () => decide(forged(giver, "groups.edit"), granting(await letAsk(plain), full)),
    "deciding one's own request": async () => decide(forged(giver, "groups.edit"), granting(await letAsk(giver), full)),
    reactivate: async () => {
      must(await addMembers(granted(owner, "groups.edit"), full, [plain.userId]));
      must(await deactivate(granted(owner, "access.edit"), plain.userId));
      return reactivate(forged(giver, "access.edit"), plain.userId);
    },
  };
  /** Makes everything as it was before. */
  const undo = async () => {
    await allow(owner, empty, []);
    await db().execute(sql`delete from group_members where group_id = ${full}`);
    must(await reactivate(granted(owner, "access.edit"), plain.userId));
    // The giver is in the copies they made, and would go on holding what those allow.
    await db().execute(sql`delete from groups where name like 'Copy %'`);
  };
  const managed = (policy: Policy) => managing.map(whole).some((one) => coverage(holdingOf(false, [one]))(policy));

  test.each(Object.keys(paths))(
    "%s hands out what the giver holds, each kind of policy, and nothing else",
    async (path) => {
      const run = paths[path];
      if (!run) throw new Error(path);
      for (const policy of choices) {
        await allow(owner, full, [policy]);
        await allow(owner, own, managed(policy) ? managing.map(whole) : [...managing.map(whole), policy]);
        expect(await refusalOf(run(policy)), keyOf(policy)).toBe("done");
        await undo();
        if (managed(policy)) continue;
        // The most that one can hold without holding this.
        await allow(
          owner,
          own,
          choices.filter((one) => !coverage(holdingOf(false, [one]))(policy)),
        );
        expect(await refusalOf(run(policy)), keyOf(policy)).toBe("beyond-own-rights");
        await undo();
      }
    },
    120_000,
  );

  test("accepting gives what the sponsor holds at that moment: of what they lost since, nothing", async () => {
    for (const policy of choices.filter((one) => !managed(one))) {
      await allow(owner, full, [policy]);
      await allow(owner, own, [...managing.map(whole), policy]);
      const sponsor = await currentActor(giver.sessionId);
      const invited = [await inviteOne(sponsor, freshEmail(), [full]), await inviteOne(sponsor, freshEmail(), [full])];
      const join = async (id: InvitationId | undefined) =>
        holdingFor(owner, must(await accept({ id: id as InvitationId, channel: "email" }, newcomer)).userId);
      expect(coverage(await join(invited[0]))(policy), keyOf(policy)).toBe(true);
      await allow(
        owner,
        own,
        choices.filter((one) => !coverage(holdingOf(false, [one]))(policy)),
      );
      expect(await join(invited[1]), keyOf(policy)).toEqual(holdingOf(false, []));
    }
  }, 120_000);

  test("a group that gained rights after the invitation is left out, one that lost them gives what is left", async () => {
    const [small, large] = [
      choices.find(({ right }) => right === "domain.read"),
      choices.find(({ right }) => right === "domain.delete"),
    ];
    if (!small || !large) throw new Error("There is a domain");
    const sponsor = await makeMemberWith(owner, [...managing, small]);
    const [growing, shrinking] = [
      await makeGroup(owner, [small]),
      await makeGroup(owner, [small, whole("groups.read")]),
    ];
    const id = await inviteOne(sponsor, freshEmail(), [growing, shrinking]);
    must(await addPolicies(granted(owner, "groups.create"), growing, [large]));
    must(await removePolicy(granted(owner, "groups.delete"), shrinking, small));
    const joined = must(await accept({ id, channel: "email" }, newcomer));
    expect(await holdingFor(owner, joined.userId)).toEqual(holdingOf(false, [whole("groups.read")]));
  });

  test("who narrows a group needs to hold nothing of it, who widens it what it gains", async () => {
    const editor = await makeMemberWith(owner, ["groups.edit"]);
    const of = (right: string, schema: boolean) =>
      choices.find(
        (one) => one.right === right && one.on !== null && "asset" in one.on && (one.on.asset !== null) === schema,
      ) as Policy;
    const group = await makeGroup(owner, [of("assets.edit", false)]);
    const set = (policies: Policy[]) => refusalOf(setPolicies(granted(editor, "groups.edit"), group, policies));
    expect(await set([of("assets.edit", true), of("assets.read", false)])).toBe("done");
    expect(await set([of("assets.edit", false)])).toBe("beyond-own-rights");
    expect(await set([of("assets.read", true)])).toBe("done");
    expect(await set([of("assets.read", false)])).toBe("beyond-own-rights");
    expect(await set([])).toBe("done");
  });
});
