import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { GroupId, InvitationId, UserId } from "@/db/schema/ids";
import { createGroup, deleteGroup, duplicateGroup } from "@/lib/groups/commands";
import { addMember, removeMember, setGroups, setMembers } from "@/lib/groups/members";
import { addPolicies, removePolicy, setPolicies } from "@/lib/groups/policies";
import { accept } from "@/lib/invitations/accept";
import { copyLink } from "@/lib/invitations/copy-link";
import { invite } from "@/lib/invitations/invite";
import { resend } from "@/lib/invitations/resend";
import { deactivate, reactivate } from "@/lib/members/deactivate";
import type { Result } from "@/lib/result";
import { testDatabase } from "@/lib/testing/database";
import {
  actorOf,
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
  ownersGroup,
  passwordHash,
  whole,
} from "@/lib/testing/people";
import { allow, everyPolicy, makeDomain, makeSource } from "@/lib/testing/resources";
import type { Actor } from "./actor";
import type { Right } from "./catalogue";
import { coverage } from "./covers";
import { type Holding, holdingOf, readHolding } from "./holding";
import { keyOf, type Policy } from "./policy";

testDatabase();
const newcomer = { name: "Nora Newcomer", passwordHash };
const answerOf = async (result: Promise<Result<unknown>>) => {
  const answer = await result;
  return answer.ok ? "done" : answer.refusal.code;
};
const holdingFor = async (of: Actor, userId: UserId): Promise<Holding> =>
  (await readHolding(db(), of.organizationId, userId)) ?? holdingOf(false, []);
const letFiveMinutesPass = (id: InvitationId) =>
  db().execute(
    sql`update invitations set last_sent_at = last_sent_at - interval '6 minutes', expires_at = expires_at - interval '6 minutes' where id = ${id}`,
  );

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
    "addMember, of oneself": () => addMember(forged(giver, "groups.edit"), full, giver.userId),
    setMembers: () => setMembers(forged(giver, "groups.edit"), full, [plain.userId]),
    "setGroups, of oneself": () => setGroups(forged(giver, "groups.edit"), giver.userId, [own, full]),
    duplicateGroup: () => {
      const input = { name: `Copy ${randomUUID().slice(0, 8)}`, description: "", members: [giver.userId] };
      return duplicateGroup(forged(giver, "groups.create"), full, input);
    },
    invite: () => invite(forged(giver, "access.create"), inviteInput(freshEmail(), { groups: [full] })),
    resend: async () => {
      const id = await inviteOne(owner, freshEmail(), [full]);
      await letFiveMinutesPass(id);
      return resend(forged(giver, "access.create"), id);
    },
    copyLink: async () => copyLink(forged(giver, "access.create"), await inviteOne(owner, freshEmail(), [full])),
    reactivate: async () => {
      must(await setMembers(granted(owner, "groups.edit"), full, [plain.userId]));
      must(await deactivate(granted(owner, "access.edit"), plain.userId));
      return reactivate(forged(giver, "access.edit"), plain.userId);
    },
  };
  /** Makes everything as it was before. */
  const undo = async () => {
    await allow(owner, empty, []);
    must(await setMembers(granted(owner, "groups.edit"), full, []));
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
        expect(await answerOf(run(policy)), keyOf(policy)).toBe("done");
        await undo();
        if (managed(policy)) continue;
        // The most that one can hold without holding this.
        await allow(
          owner,
          own,
          choices.filter((one) => !coverage(holdingOf(false, [one]))(policy)),
        );
        expect(await answerOf(run(policy)), keyOf(policy)).toBe("beyond-own-rights");
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
    const set = (policies: Policy[]) => answerOf(setPolicies(granted(editor, "groups.edit"), group, policies));
    expect(await set([of("assets.edit", true), of("assets.read", false)])).toBe("done");
    expect(await set([of("assets.edit", false)])).toBe("beyond-own-rights");
    expect(await set([of("assets.read", true)])).toBe("done");
    expect(await set([of("assets.read", false)])).toBe("beyond-own-rights");
    expect(await set([])).toBe("done");
  });
});

describe("whatever people who are no owners do to each other", () => {
  type World = {
    owner: Actor;
    people: Actor[];
    groups: GroupId[];
    invitations: InvitationId[];
    choices: Policy[];
  };
  const pick = <T>(from: readonly T[], n: number): T => {
    const found = from[n % from.length];
    if (found === undefined) throw new Error("Nothing to pick from");
    return found;
  };
  const some = <T>(from: readonly T[], n: number): T[] =>
    from.filter((_, place) => (n >> (place % 16)) & 1).slice(0, 3);

  /** One thing somebody tries, and whose rights it may spread: their own, or those of whoever vouched for an invitation. */
  type Step = (world: World, giver: Actor, a: number, b: number) => Promise<{ giver: UserId; result: Result<unknown> }>;
  const by =
    (run: (world: World, giver: Actor, a: number, b: number) => Promise<Result<unknown>>): Step =>
    async (world, giver, a, b) => ({ giver: giver.userId, result: await run(world, giver, a, b) });
  const policiesAt = ({ choices }: World, a: number, b: number) => [pick(choices, a), pick(choices, b)];
  const steps: Record<string, Step> = {
    addPolicies: by((world, giver, a, b) =>
      addPolicies(forged(giver, "groups.create"), pick(world.groups, a), policiesAt(world, a, b)),
    ),
    setPolicies: by((world, giver, a, b) =>
      setPolicies(forged(giver, "groups.edit"), pick(world.groups, b), policiesAt(world, a, b)),
    ),
    removePolicy: by((world, giver, a, b) =>
      removePolicy(forged(giver, "groups.delete"), pick(world.groups, a), pick(world.choices, b)),
    ),
    addMember: by((world, giver, a, b) =>
      addMember(forged(giver, "groups.edit"), pick(world.groups, a), pick(world.people, b).userId),
    ),
    addOneself: by((world, giver, a) => addMember(forged(giver, "groups.edit"), pick(world.groups, a), giver.userId)),
    removeMember: by((world, giver, a, b) =>
      removeMember(forged(giver, "groups.edit"), pick(world.groups, a), pick(world.people, b).userId),
    ),
    setMembers: by((world, giver, a, b) =>
      setMembers(
        forged(giver, "groups.edit"),
        pick(world.groups, a),
        some(world.people, b).map(({ userId }) => userId),
      ),
    ),
    setGroups: by((world, giver, a, b) =>
      setGroups(forged(giver, "groups.edit"), pick(world.people, a).userId, some(world.groups, b)),
    ),
    createGroup: by(async (world, giver, a) => {
      const input = {
        name: `New ${randomUUID().slice(0, 8)}`,
        description: "",
        members: [pick(world.people, a).userId],
      };
      const made = await createGroup(forged(giver, "groups.create"), input);
      if (made.ok) world.groups.push(made.value);
      return made;
    }),
    duplicateGroup: by(async (world, giver, a, b) => {
      const input = {
        name: `Copy ${randomUUID().slice(0, 8)}`,
        description: "",
        members: [pick(world.people, a).userId],
      };
      const made = await duplicateGroup(forged(giver, "groups.create"), pick(world.groups, b), input);
      if (made.ok) world.groups.push(made.value);
      return made;
    }),
    deleteGroup: by((world, giver, a) =>
      world.groups.length > 2
        ? deleteGroup(forged(giver, "groups.delete"), pick(world.groups, a))
        : Promise.resolve({ ok: true, value: null }),
    ),
    invite: by(async (world, giver, a) => {
      const email = freshEmail();
      const made = await invite(forged(giver, "access.create"), inviteInput(email, { groups: some(world.groups, a) }));
      const [row] = await db().execute<{ id: InvitationId }>(sql`select id from invitations where email = ${email}`);
      if (row) world.invitations.push(row.id);
      return made;
    }),
    resend: by(async (world, giver, a) => {
      const id = pick(world.invitations, a);
      await letFiveMinutesPass(id);
      return resend(forged(giver, "access.create"), id);
    }),
    accept: async (world, _, a) => {
      const id = pick(world.invitations, a);
      const [row] = await db().execute<{ sponsor: UserId }>(
        sql`select sponsor_id as sponsor from invitations where id = ${id}`,
      );
      if (!row) throw new Error("Invitations stay");
      const result = await accept({ id, channel: "email" }, newcomer);
      if (result.ok) world.people.push(await actorOf(result.value.sessionId));
      return { giver: row.sponsor, result };
    },
    deactivate: by((world, giver, a) => deactivate(forged(giver, "access.edit"), pick(world.people, a).userId)),
    reactivate: by((world, giver, a) => reactivate(forged(giver, "access.edit"), pick(world.people, a).userId)),
  };
  const names = Object.keys(steps);

  const makeWorld = async (spread: readonly number[]): Promise<World> => {
    const owner = await makeOwner();
    const choices = everyPolicy(
      [await makeSource(owner, { sales: ["orders"], people: [] })],
      [await makeDomain(owner)],
    );
    const groups: GroupId[] = [];
    const people: Actor[] = [];
    for (const n of spread) {
      const own = await makeGroup(owner, [...managing.filter((_, place) => (n >> place) & 3), ...some(choices, n)]);
      groups.push(own, await makeGroup(owner, [pick(choices, n), pick(choices, n >> 8)]));
      people.push(await makeMember(owner, [own]));
    }
    groups.push(await ownersGroup(owner.organizationId));
    const invitations = [await inviteOne(owner, freshEmail(), groups.slice(0, 1))];
    return { owner, people, groups, invitations, choices };
  };

  const atomsOf = (holding: Holding): Policy[] => [...[...holding.rights].map(whole), ...holding.scoped];

  test("nobody ever holds what neither they nor the giver held before", async () => {
    const counts = { done: 0, refused: 0, gained: 0 };
    const number = fc.nat(2 ** 16);
    await fc.assert(
      fc.asyncProperty(
        fc.array(number, { minLength: 3, maxLength: 3 }),
        fc.array(fc.tuple(fc.constantFrom(...names), number, number, number), { minLength: 12, maxLength: 24 }),
        async (spread, tried) => {
          const world = await makeWorld(spread);
          const read = async () => {
            const all = new Map<UserId, Holding>();
            for (const { userId } of world.people) all.set(userId, await holdingFor(world.owner, userId));
            return all;
          };
          let before = await read();
          const ownersHolding = await holdingFor(world.owner, world.owner.userId);
          for (const [name, who, a, b] of tried) {
            const step = steps[name];
            if (!step) throw new Error(name);
            const { giver, result } = await step(world, pick(world.people, who), a, b);
            counts[result.ok ? "done" : "refused"] += 1;
            const after = await read();
            const theirs = coverage(
              before.get(giver) ?? (giver === world.owner.userId ? ownersHolding : holdingOf(false, [])),
            );
            for (const [userId, holding] of after) {
              const had = coverage(before.get(userId) ?? holdingOf(false, []));
              const gained = atomsOf(holding).filter((one) => !had(one));
              counts.gained += gained.length;
              expect(holding.owner).toBe(false);
              // A member who comes back had nothing while away: what their groups kept is handed out to them anew.
              expect(gained.filter((one) => !theirs(one)).map(keyOf), name).toEqual([]);
            }
            before = after;
          }
        },
      ),
      { numRuns: 12 },
    );
    // Or the property would hold of people who never get anywhere.
    expect(counts.done).toBeGreaterThan(40);
    expect(counts.refused).toBeGreaterThan(40);
    expect(counts.gained).toBeGreaterThan(10);
  }, 240_000);
});
