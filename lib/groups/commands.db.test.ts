import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { GroupId, UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { type Right, rights, withImplied } from "@/lib/access/catalogue";
import type { Grant } from "@/lib/access/grant";
import { invite } from "@/lib/invitations/invite";
import { deactivate } from "@/lib/members/deactivate";
import type { Result } from "@/lib/result";
import { testDatabase } from "@/lib/testing/database";
import {
  currentActor,
  forged,
  freshEmail,
  granted,
  inviteInput,
  makeGroup,
  makeMember,
  makeMemberWith,
  makeOwner,
  must,
  ownersGroup,
  promote,
  refusalOf,
  whole,
} from "@/lib/testing/people";
import { createGroup, deleteGroup, renameGroup } from "./commands";
import { addMembers, removeMember } from "./members";
import { addPolicies, removePolicy } from "./policies";

testDatabase();
let owner: Actor;
beforeAll(async () => {
  owner = await makeOwner();
});

const activeOwners = async (of: Actor): Promise<number> => {
  const [row] = await db().execute<{ n: number }>(sql`
    select count(*)::int as n from group_members gm join groups g on g.id = gm.group_id
      join memberships m on m.organization_id = gm.organization_id and m.user_id = gm.user_id
    where g.organization_id = ${of.organizationId} and g.built_in = 'owners' and m.deactivated_at is null`);
  return row?.n ?? 0;
};

describe("an organization always keeps an active owner", () => {
  test("the only one can't be taken out", async () => {
    const group = await ownersGroup(owner.organizationId);
    expect(await refusalOf(removeMember(granted(owner, "groups.edit"), group, owner.userId))).toBe("last-owner");
    expect(await activeOwners(owner)).toBe(1);
  });

  test("two owners who take out each other at the same moment: one stays", async () => {
    for (let round = 0; round < 20; round++) {
      const first = await makeOwner("Duo");
      const second = await makeMember(first);
      await promote(first, second.userId);
      const group = await ownersGroup(first.organizationId);
      const also = await currentActor(second.sessionId);
      const answers = await Promise.all([
        refusalOf(removeMember(granted(first, "groups.edit"), group, second.userId)),
        refusalOf(removeMember(granted(also, "groups.edit"), group, first.userId)),
      ]);
      expect(answers.toSorted()).toEqual(["done", "forbidden"]);
      expect(await activeOwners(first)).toBe(1);
    }
  });

  test("two owners who leave at the same moment: one stays", async () => {
    for (let round = 0; round < 20; round++) {
      const first = await makeOwner("Duo");
      const second = await makeMember(first);
      await promote(first, second.userId);
      const group = await ownersGroup(first.organizationId);
      const also = await currentActor(second.sessionId);
      const answers = await Promise.all([
        refusalOf(removeMember(granted(first, "groups.edit"), group, first.userId)),
        refusalOf(removeMember(granted(also, "groups.edit"), group, second.userId)),
      ]);
      expect(answers.toSorted()).toEqual(["done", "last-owner"]);
      expect(await activeOwners(first)).toBe(1);
    }
  });

  test("the database itself refuses at the commit, whichever way the last one goes", async () => {
    const alone = await makeOwner("Alone");
    const { userId, organizationId } = alone;
    for (const statement of [
      sql`delete from group_members where user_id = ${userId}`,
      sql`update memberships set deactivated_at = now() where user_id = ${userId}`,
      sql`delete from groups where organization_id = ${organizationId} and built_in = 'owners'`,
      sql`insert into organizations (name) values ('Nobody owns this')`,
    ]) {
      await expect(db().execute(statement)).rejects.toMatchObject({
        cause: { constraint_name: "organizations_keep_an_owner" },
      });
    }
  });
});

describe("Owners is built in", () => {
  test("it can't be renamed, deleted or given policies, not even by an owner", async () => {
    const group = await ownersGroup(owner.organizationId);
    const input = { name: "Kings", description: "" };
    expect(await refusalOf(renameGroup(granted(owner, "groups.edit"), group, input))).toBe("built-in-group");
    expect(await refusalOf(deleteGroup(granted(owner, "groups.delete"), group))).toBe("built-in-group");
    expect(await refusalOf(addPolicies(granted(owner, "groups.create"), group, [whole("audit.read")]))).toBe(
      "built-in-group",
    );
    expect(await refusalOf(removePolicy(granted(owner, "groups.delete"), group, whole("audit.read")))).toBe(
      "built-in-group",
    );
  });

  test("somebody with every right there is, who is no owner, makes nobody an owner and takes none out", async () => {
    const almighty = await makeMemberWith(owner, [...rights]);
    const plain = await makeMember(owner);
    const group = await ownersGroup(owner.organizationId);
    expect(await refusalOf(addMembers(granted(almighty, "groups.edit"), group, [plain.userId]))).toBe("owners-only");
    expect(await refusalOf(addMembers(granted(almighty, "groups.edit"), group, [almighty.userId]))).toBe("owners-only");
    expect(await refusalOf(removeMember(granted(almighty, "groups.edit"), group, owner.userId))).toBe("owners-only");
    const input = inviteInput(freshEmail(), { groups: [group] });
    expect(await refusalOf(invite(granted(almighty, "access.create"), input))).toBe("beyond-own-rights");
  });
});

describe("nobody hands out more than they hold", () => {
  const manager: Right[] = ["access.create", "groups.create", "groups.edit", "sources.read"];
  const tried = rights.map((right) => [right, withImplied(manager).has(right) ? "done" : "beyond-own-rights"] as const);

  test.each(tried)("%s by policy, by membership and by invitation: %s", async (right, expected) => {
    const giver = await makeMemberWith(owner, manager);
    const plain = await makeMember(owner);
    const empty = await makeGroup(owner, []);
    const full = await makeGroup(owner, [right]);
    expect(await refusalOf(addPolicies(granted(giver, "groups.create"), empty, [whole(right)]))).toBe(expected);
    expect(await refusalOf(addMembers(granted(giver, "groups.edit"), full, [plain.userId]))).toBe(expected);
    expect(await refusalOf(addMembers(granted(giver, "groups.edit"), full, [giver.userId]))).toBe(expected);
    const input = inviteInput(freshEmail(), { groups: [full] });
    expect(await refusalOf(invite(granted(giver, "access.create"), input))).toBe(expected);
  });

  test("choosing groups on an invitation takes the right to manage groups", async () => {
    const inviter = await makeMemberWith(owner, ["access.create", "sources.read"]);
    const input = inviteInput(freshEmail(), { groups: [await makeGroup(owner, ["sources.read"])] });
    expect(await refusalOf(invite(granted(inviter, "access.create"), input))).toBe("forbidden");
  });
});

describe("every command, by every kind of actor", () => {
  type Target = { group: GroupId; user: UserId };
  /** A command as an actor runs it who was never offered it, or has lost the right since. */
  const command = <R extends Right>(
    right: R,
    run: (granted: Grant<R>, to: Target) => Promise<Result<unknown>>,
  ): { right: Right; by: (actor: Actor, to: Target) => Promise<Result<unknown>> } => ({
    right,
    by: (actor, to) => run(forged(actor, right), to),
  });
  const commands = {
    createGroup: command("groups.create", (by) =>
      createGroup(by, { name: `Made ${randomUUID()}`, description: "", members: [] }),
    ),
    addPolicies: command("groups.create", (by, { group }) => addPolicies(by, group, [whole("groups.create")])),
    addMembers: command("groups.edit", (by, { group, user }) => addMembers(by, group, [user])),
    removeMember: command("groups.edit", (by, { group, user }) => removeMember(by, group, user)),
    renameGroup: command("groups.edit", (by, { group }) =>
      renameGroup(by, group, { name: `N ${randomUUID()}`, description: "" }),
    ),
    removePolicy: command("groups.delete", (by, { group }) => removePolicy(by, group, whole("groups.read"))),
    deleteGroup: command("groups.delete", (by, { group }) => deleteGroup(by, group)),
    invite: command("access.create", (by) => invite(by, inviteInput(freshEmail()))),
  };
  const all = Object.entries(commands);

  /** Somebody in a group that allows no more than whoever holds any right on groups does. */
  const makeTarget = async (): Promise<Target> => {
    const [user, group] = [(await makeMember(owner)).userId, await makeGroup(owner, ["groups.read"])];
    must(await addMembers(granted(owner, "groups.edit"), group, [user]));
    return { group, user };
  };

  test.each(all.flatMap(([name, one]) => [...rights, "nothing" as const].map((held) => ({ name, one, held }))))(
    "$name by a member who holds $held",
    async ({ one, held }) => {
      const actor = await makeMemberWith(owner, held === "nothing" ? [] : [held]);
      const may = actor.rights.has(one.right) ? "done" : "forbidden";
      expect(await refusalOf(one.by(actor, await makeTarget()))).toBe(may);
    },
  );

  test.each(all)("%s by an owner, an inactive member and a stranger", async (_, { right, by }) => {
    const target = await makeTarget();
    const former = await makeMemberWith(owner, [right]);
    must(await deactivate(granted(owner, "access.edit"), former.userId));
    expect(await refusalOf(by(former, target))).toBe("forbidden");

    // An owner elsewhere finds nothing under these ids: the same as under ids that nobody has.
    const stranger = await makeOwner("Elsewhere");
    const unknown = { group: randomUUID() as GroupId, user: randomUUID() as UserId };
    expect(await refusalOf(by(stranger, target))).toBe(await refusalOf(by(stranger, unknown)));

    expect(await refusalOf(by(owner, target))).toBe("done");
  });
});

test("what changed nothing is not on record, and what changed is", async () => {
  const member = await makeMember(owner);
  const group = await makeGroup(owner, ["sources.read"], "Curators");
  const by = granted(owner, "groups.edit");
  for (let twice = 0; twice < 2; twice++) must(await addMembers(by, group, [member.userId]));
  must(await addPolicies(granted(owner, "groups.create"), group, [whole("sources.read")]));
  for (let twice = 0; twice < 2; twice++)
    must(await renameGroup(by, group, { name: "Curators", description: "Keep things" }));
  const events = await db().execute<{ action: string; after: { description?: string } }>(sql`
    select action, after from audit_events where target_id = ${group} order by sequence`);
  expect(events.map(({ action }) => action)).toEqual([
    "group.created",
    "group.policies_added",
    "group.member_added",
    "group.changed",
  ]);
  expect(events.at(-1)?.after.description).toBe("Keep things");
});

test("two groups whose names differ only in case are one name", async () => {
  must(await createGroup(granted(owner, "groups.create"), { name: "Analysts", description: "", members: [] }));
  const answer = await createGroup(granted(owner, "groups.create"), { name: "ANALYSTS", description: "", members: [] });
  expect(answer).toMatchObject({ ok: false, refusal: { code: "invalid", errors: { name: expect.any(String) } } });
});

test("a link across organizations can't even be stored", async () => {
  const stranger = await makeOwner("Elsewhere");
  const group = await makeGroup(owner, []);
  for (const organization of [owner.organizationId, stranger.organizationId]) {
    await expect(
      db().execute(sql`insert into group_members values (${organization}, ${group}, ${stranger.userId})`),
    ).rejects.toMatchObject({
      cause: { constraint_name: expect.stringMatching(/^group_members_(group|membership)_fkey$/) },
    });
  }
});
