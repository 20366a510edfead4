import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { AssetId, DomainId, GroupId, SourceId, UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { readGroupHolding } from "@/lib/access/holding";
import { inWords } from "@/lib/access/named";
import { keyOf, type Policy } from "@/lib/access/policy";
import { wordsFor } from "@/lib/messages";
import type { Result } from "@/lib/result";
import { testDatabase } from "@/lib/testing/database";
import { granted, makeGroup, makeMember, makeOwner, must, ownersGroup, promote, whole } from "@/lib/testing/people";
import { type MadeSource, makeDomain, makeSource } from "@/lib/testing/resources";
import { createGroup, deleteGroup, duplicateGroup, renameGroup } from "./commands";
import { impactOf } from "./impact";
import { addMembers, removeMember, setGroups } from "./members";
import { addPolicies, removePolicy, setPolicies } from "./policies";
import { listGroups, membersPageSize, readCandidates, readGroup, readGroupMembers } from "./queries";
import { NewGroupInput } from "./schema";

testDatabase();
let owner: Actor;
let source: MadeSource;
let domain: DomainId;
let group: GroupId;

beforeAll(async () => {
  owner = await makeOwner();
  source = await makeSource(owner, { sales: ["orders"], people: ["salaries"] }, "Snowflake");
  domain = await makeDomain(owner, "Finance");
});
beforeEach(async () => {
  group = await makeGroup(owner, []);
});

const edit = () => granted(owner, "groups.edit");
const reading = () => granted(owner, "groups.read");
const codeOf = async (result: Promise<Result<unknown>>) => {
  const answer = await result;
  return answer.ok ? "done" : answer.refusal.code;
};
const onAssets = (right: "assets.read" | "assets.edit", asset: AssetId | null, from: SourceId = source.id): Policy => ({
  right,
  on: { source: from, asset, schema: null },
});
const sales = () => source.schemas[0] as MadeSource["schemas"][number];
const orders = () => sales().tables[0] as { id: AssetId };
const eventsOf = async (id: GroupId) =>
  await db().execute<{ action: string; before: unknown; after: unknown }>(sql`
    select action, before, after from audit_events where target_id = ${id} order by sequence`);
const start = { q: "", page: null };
const membersOf = async (id: GroupId) =>
  (await readGroupMembers(reading(), id, start)).rows.map((row) => row.id).toSorted();

describe("the policies of a group", () => {
  test("are added and taken away on resources, a table with the schema it lies in, and told in words", async () => {
    const policies = [whole("access.create"), onAssets("assets.edit", orders().id), onAssets("assets.read", null)];
    must(await setPolicies(edit(), group, [...policies, { right: "domain.read", on: { domain } }]));
    must(await removePolicy(granted(owner, "groups.delete"), group, { right: "domain.read", on: { domain } }));
    must(
      await addPolicies(granted(owner, "groups.create"), group, [{ right: "source.edit", on: { source: source.id } }]),
    );
    const held = await readGroupHolding(db(), owner.organizationId, group);
    expect(held?.holding.scoped).toContainEqual({
      right: "assets.edit",
      on: { source: source.id, asset: orders().id, schema: sales().id },
    });
    expect((await readGroup(reading(), group))?.named.map(inWords)).toEqual([
      "invite users",
      "enable, disable and change the source Snowflake",
      "see everything in Snowflake",
      "change descriptions and tags of table sales.orders of Snowflake",
    ]);
  });

  test("keep a read that another of them brings along, until that one is taken away", async () => {
    const reads: Policy = { right: "domain.read", on: { domain } };
    const edits: Policy = { right: "domain.edit", on: { domain } };
    const people = [whole("access.read"), whole("access.create"), whole("access.edit")];
    must(await setPolicies(edit(), group, [...people, reads, edits]));
    const removing = granted(owner, "groups.delete");
    const wordsOf = async (policy: Policy) => {
      const answer = await removePolicy(removing, group, policy);
      return answer.ok ? "done" : wordsFor(answer.refusal);
    };
    expect(await wordsOf(whole("access.read"))).toBe(
      "Invite users and deactivate and re-activate users bring this along: take those away first.",
    );
    expect(await wordsOf(reads)).toBe(
      "Change the domain Finance and its assets brings this along: take that away first.",
    );
    expect(await wordsOf(edits)).toBe("done");
    expect(await wordsOf(reads)).toBe("done");
    expect((await readGroup(reading(), group))?.named.map(inWords)).toHaveLength(3);
  });

  test("saved as they were change nothing; changed, what went and what came stand in the audit, and not what stayed", async () => {
    const [first, second] = [onAssets("assets.read", sales().id), whole("audit.read")];
    must(await setPolicies(edit(), group, [first, first]));
    must(await setPolicies(edit(), group, [first]));
    must(await setPolicies(edit(), group, [first, second]));
    must(await setPolicies(edit(), group, [second]));
    const events = (await eventsOf(group)).filter(({ action }) => action === "group.policies_changed");
    expect(events).toMatchObject([
      { before: { removed: [] }, after: { added: [keyOf(first)] } },
      { before: { removed: [] }, after: { added: [keyOf(second)] } },
      { before: { removed: [keyOf(first)] }, after: { added: [] } },
    ]);
  });

  test("on what belongs to another organization, another source or nobody are not found, and nothing is saved", async () => {
    const stranger = await makeOwner("Elsewhere");
    const theirs = await makeSource(stranger);
    const theirDomain = await makeDomain(stranger);
    const other = await makeSource(owner);
    const theirSchema = theirs.schemas[0]?.id ?? null;
    const [asset, unknown] = [randomUUID() as AssetId, randomUUID() as SourceId];
    const wrong: Policy[] = [
      { right: "source.read", on: { source: theirs.id } },
      { right: "source.read", on: { source: unknown } },
      onAssets("assets.read", null, theirs.id),
      onAssets("assets.read", theirSchema, theirs.id),
      onAssets("assets.read", theirSchema),
      onAssets("assets.read", other.schemas[0]?.id ?? null),
      onAssets("assets.read", asset),
      { right: "domain.read", on: { domain: theirDomain } },
      { right: "domain.read", on: { domain: randomUUID() as DomainId } },
    ];
    for (const policy of wrong) {
      const both = [whole("audit.read"), policy];
      expect(await codeOf(addPolicies(granted(owner, "groups.create"), group, both)), keyOf(policy)).toBe("not-found");
      expect(await codeOf(setPolicies(edit(), group, both)), keyOf(policy)).toBe("not-found");
      expect(await impactOf(reading(), group, both)).toBeNull();
      // Not even by a mistaken command: the table refuses it too.
      await expect(
        db().execute(sql`insert into policies (organization_id, group_id, permission, operation, source_id, asset_id, domain_id)
          select ${owner.organizationId}, ${group}, split_part(${policy.right}, '.', 1), 'read',
            ${policy.on && "source" in policy.on ? policy.on.source : null}::uuid,
            ${policy.on && "asset" in policy.on ? policy.on.asset : null}::uuid,
            ${policy.on && "domain" in policy.on ? policy.on.domain : null}::uuid`),
        keyOf(policy),
      ).rejects.toMatchObject({ cause: { constraint_name: expect.stringMatching(/^policies_\w+_fkey$/) } });
    }
    expect((await readGroup(reading(), group))?.policies).toBe(0);
  });

  test("go with their resource", async () => {
    const short = await makeSource(owner);
    must(await setPolicies(edit(), group, [onAssets("assets.read", null, short.id), whole("audit.read")]));
    await db().execute(sql`delete from sources where id = ${short.id}`);
    expect((await readGroupHolding(db(), owner.organizationId, group))?.policies).toEqual([whole("audit.read")]);
  });
});

describe("the members of a group", () => {
  test("come in several at once and go one by one, with an event for each who was moved", async () => {
    const [ada, bob, cyd] = [await makeMember(owner), await makeMember(owner), await makeMember(owner)];
    must(await addMembers(edit(), group, [ada.userId, bob.userId]));
    must(await addMembers(edit(), group, [bob.userId, cyd.userId]));
    must(await removeMember(edit(), group, ada.userId));
    must(await addMembers(edit(), group, [cyd.userId, bob.userId]));
    expect(await membersOf(group)).toEqual([bob.userId, cyd.userId].toSorted());
    const actions = (await eventsOf(group)).map(({ action }) => action).filter((action) => action.includes("member"));
    expect(actions.toSorted()).toEqual([...Array(3).fill("group.member_added"), "group.member_removed"]);
  });

  test("are set from the member's side too", async () => {
    const ada = await makeMember(owner, [group]);
    const [second, third] = [await makeGroup(owner, []), await makeGroup(owner, [])];
    must(await setGroups(edit(), ada.userId, [second, third]));
    expect([await membersOf(group), await membersOf(second), await membersOf(third)]).toEqual([
      [],
      [ada.userId],
      [ada.userId],
    ]);
  });

  test("are set as they were ticked and cleared: what somebody else did since the form was drawn stands", async () => {
    const ada = await makeMember(owner, [group]);
    const [second, third] = [await makeGroup(owner, []), await makeGroup(owner, [])];
    must(await removeMember(edit(), group, ada.userId));
    must(await addMembers(edit(), second, [ada.userId]));
    must(await setGroups(edit(), ada.userId, [group, third], [group]));
    expect([await membersOf(group), await membersOf(second), await membersOf(third)]).toEqual([
      [],
      [ada.userId],
      [ada.userId],
    ]);
  });

  test("of Owners are set by owners alone, and one always stays", async () => {
    const kings = await makeOwner("Kings");
    const [also, owners] = [await makeMember(kings), await ownersGroup(kings.organizationId)];
    const by = granted(kings, "groups.edit");
    expect(await codeOf(removeMember(by, owners, kings.userId))).toBe("last-owner");
    expect(await codeOf(setGroups(by, kings.userId, []))).toBe("last-owner");
    await promote(kings, also.userId);
    must(await removeMember(by, owners, kings.userId));
    expect(await codeOf(addMembers(by, owners, [kings.userId]))).toBe("forbidden");
  });

  test("of another organization are not found, in whatever field their ids stand", async () => {
    const stranger = await makeOwner("Elsewhere");
    const theirGroup = await makeGroup(stranger, []);
    const mine = (await makeMember(owner)).userId;
    const input = (members: UserId[]) => ({ name: randomUUID().slice(9, 18), description: "", members });
    for (const user of [stranger.userId, randomUUID() as UserId]) {
      expect(await codeOf(addMembers(edit(), group, [user]))).toBe("not-found");
      expect(await codeOf(removeMember(edit(), group, user))).toBe("not-found");
      expect(await codeOf(addMembers(edit(), group, [mine, user]))).toBe("not-found");
      expect(await codeOf(setGroups(edit(), user, [group]))).toBe("not-found");
      expect(await codeOf(createGroup(granted(owner, "groups.create"), input([mine, user])))).toBe("not-found");
      expect(await codeOf(duplicateGroup(granted(owner, "groups.create"), group, input([user])))).toBe("not-found");
    }
    for (const id of [theirGroup, randomUUID() as GroupId]) {
      expect(await codeOf(addMembers(edit(), id, [mine]))).toBe("not-found");
      expect(await codeOf(removeMember(edit(), id, mine))).toBe("not-found");
      expect(await codeOf(addMembers(edit(), id, [mine]))).toBe("not-found");
      expect(await codeOf(setGroups(edit(), mine, [group, id]))).toBe("not-found");
      expect(await codeOf(renameGroup(edit(), id, { name: "Theirs", description: "" }))).toBe("not-found");
      expect(await codeOf(setPolicies(edit(), id, []))).toBe("not-found");
      expect(await codeOf(deleteGroup(granted(owner, "groups.delete"), id))).toBe("not-found");
      expect(await codeOf(duplicateGroup(granted(owner, "groups.create"), id, input([mine])))).toBe("not-found");
      expect([await readGroup(reading(), id), await impactOf(reading(), id, [])]).toEqual([null, null]);
      expect(await readGroupMembers(reading(), id, start)).toEqual({ rows: [], next: null, previous: null });
    }
    expect(await membersOf(group)).toEqual([]);
  });

  test("are at least one when a group is made", () => {
    const typed = { name: "Analysts", description: "" };
    expect(NewGroupInput.safeParse(typed).success).toBe(false);
    expect(NewGroupInput.safeParse({ ...typed, members: [randomUUID()] }).success).toBe(true);
  });
});

test("a copy has the policies of its original and members of its own; Owners has no copy", async () => {
  const ada = await makeMember(owner, [group]);
  must(await setPolicies(edit(), group, [whole("audit.read"), onAssets("assets.read", sales().id)]));
  const input = { name: "Second", description: "Like the first", members: [owner.userId] };
  const copy = must(await duplicateGroup(granted(owner, "groups.create"), group, input));
  const keys = async (id: GroupId) =>
    (await readGroupHolding(db(), owner.organizationId, id))?.policies.map(keyOf).toSorted();
  expect(await keys(copy)).toEqual(await keys(group));
  expect([await membersOf(copy), await membersOf(group)]).toEqual([[owner.userId], [ada.userId]]);
  const owners = await ownersGroup(owner.organizationId);
  const again = { ...input, name: "Third" };
  expect(await codeOf(duplicateGroup(granted(owner, "groups.create"), owners, again))).toBe("built-in-group");
});

test("what a deleted group was stays in the audit", async () => {
  const ada = await makeMember(owner, [group]);
  must(await setPolicies(edit(), group, [whole("audit.read")]));
  must(await deleteGroup(granted(owner, "groups.delete"), group));
  expect((await eventsOf(group)).at(-1)).toMatchObject({
    action: "group.deleted",
    before: { policies: ["audit.read"], members: [ada.userId] },
  });
});

test("groups are listed Owners first, with how many members and policies each has", async () => {
  const fresh = await makeOwner("Fresh");
  await makeGroup(fresh, ["audit.read", "access.read"], "zebras");
  const ants = await makeGroup(fresh, [], "Ants");
  await makeMember(fresh, [ants]);
  expect(await listGroups(granted(fresh, "groups.read"))).toMatchObject([
    { name: "Owners", builtIn: "owners", members: 1, policies: 0 },
    { name: "Ants", builtIn: null, members: 1, policies: 0 },
    { name: "zebras", builtIn: null, members: 0, policies: 2 },
  ]);
});

test("the members of a group are read page by page, and whom one could add is found by any part of a name or address", async () => {
  const fresh = await makeOwner("Crowd");
  const crowd = await makeGroup(fresh, []);
  const by = granted(fresh, "groups.read");
  await db().execute(sql`
    with people as (insert into users (email, name, password_hash)
      select 'p' || n || '@crowd.example', 'Person ' || n % 7, '' from generate_series(1, ${membersPageSize * 2 + 3}) n returning *),
    joined as (insert into memberships (organization_id, user_id, name, email)
      select ${fresh.organizationId}, id, name, email from people returning *)
    select 1`);
  await db().execute(sql`
    insert into group_members (organization_id, group_id, user_id)
    select organization_id, ${crowd}, user_id from memberships where organization_id = ${fresh.organizationId} and email like 'p%'`);
  const seen: string[] = [];
  for (let page = await readGroupMembers(by, crowd, start); ; ) {
    seen.push(...page.rows.map(({ id }) => id));
    if (!page.next) break;
    const next = await readGroupMembers(by, crowd, { q: "", page: page.next });
    expect(await readGroupMembers(by, crowd, { q: "", page: next.previous })).toMatchObject({ rows: page.rows });
    page = next;
  }
  expect([seen.length, new Set(seen).size]).toEqual([membersPageSize * 2 + 3, membersPageSize * 2 + 3]);
  expect((await readCandidates(by, crowd, "OLIVE o")).rows.map(({ id }) => id)).toEqual([fresh.userId]);
  expect((await readCandidates(by, crowd, "p1@crowd")).rows).toEqual([]);
});
