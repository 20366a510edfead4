import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { GroupId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import {
  freshEmail,
  inviteOne,
  makeGroup,
  makeMember,
  makeMemberWith,
  makeOwner,
  ownersGroup,
} from "@/lib/testing/people";
import { testProduct } from "@/lib/testing/product";
import { formThatSays, textOf, type Visitor } from "@/lib/testing/visitor";

// The forms that choose the groups of a member and of an invitation, posted directly by every kind of actor (SAFETY 21,
// 23, 24), and groups on the invite form posted by those who were offered none.
const product = testProduct();
let owner: Actor;
let owning: Visitor;
let plain: GroupId;
let more: GroupId;

beforeAll(async () => {
  owner = await makeOwner("Acme");
  plain = await makeGroup(owner, []);
  more = await makeGroup(owner, ["audit.read"]);
  owning = await product.signedIn(owner);
}, 120_000);

const kinds = ["member", "invitation"] as const;
type Kind = (typeof kinds)[number];

/** Somebody whose groups can be chosen, and the form for it as it is served to the owner. */
const make = async (kind: Kind) => {
  const id = kind === "member" ? (await makeMember(owner)).userId : await inviteOne(owner, freshEmail("target"));
  const path = kind === "member" ? `/account/users/${id}/groups` : `/account/users/invitations/${id}/groups`;
  return { id, path, form: formThatSays((await owning.get(path)).html, "Save groups") };
};

const groupsOf = async (id: string): Promise<GroupId[]> => {
  const rows = await db().execute<{ id: GroupId }>(sql`
    select group_id as id from group_members where user_id = ${id}
    union all select group_id from invitation_groups where invitation_id = ${id}`);
  return rows.map((row) => row.id);
};

/** Posts the owner's form as somebody else, with one group ticked. */
const choose = async (visitor: Visitor, kind: Kind, group: string, fill: Record<string, string> = {}) => {
  const { id, path, form } = await make(kind);
  const { status, html } = await visitor.post(path, form, { "groups[]": group, ...fill });
  return { groups: await groupsOf(id), status, text: textOf(html) };
};

describe.each(kinds)("the groups of one %s", (kind) => {
  test("are chosen by an owner, Owners among them", async () => {
    expect(await choose(owning, kind, more)).toMatchObject({ groups: [more], status: 200 });
    const owners = await ownersGroup(owner.organizationId);
    expect((await choose(owning, kind, owners)).groups).toEqual([owners]);
  });

  test("by a member who may change groups, but not beyond what they hold", async () => {
    const manager = await makeMemberWith(owner, ["groups.edit", "access.create", "access.edit"]);
    const visitor = await product.signedIn(manager);
    for (const group of [more, await ownersGroup(owner.organizationId)]) {
      const chosen = await choose(visitor, kind, group);
      expect(chosen).toMatchObject({ groups: [], status: 403 });
    }
  });

  test("by a member without any group, by nobody, and by an owner of another organization", async () => {
    const stranger = await makeOwner("Globex");
    const visitors = [
      await product.signedIn(await makeMember(owner)),
      product.visitor(),
      await product.signedIn(stranger),
    ];
    for (const visitor of visitors) expect((await choose(visitor, kind, plain)).groups).toEqual([]);
    const theirs = await choose(await product.signedIn(stranger), kind, plain, {
      organization: stranger.organizationId,
    });
    expect(theirs).toMatchObject({ groups: [], status: 404 });
  });

  test("are none of another organization, whoever chooses", async () => {
    const stranger = await makeOwner("Globex");
    const foreign = await choose(owning, kind, await makeGroup(stranger, []));
    const random = await choose(owning, kind, "00000000-0000-4000-8000-000000000000");
    expect([foreign.groups, foreign.status]).toEqual([[], 404]);
    expect([random.groups, random.status]).toEqual([[], 404]);
  });
});

test("whoever may invite, but not hand out groups, can't post any with the invite form", async () => {
  const form = await owning.inviteForm();
  for (const [held, group] of [
    [["access.create"], plain],
    [["access.create", "groups.edit"], more],
  ] as const) {
    const visitor = await product.signedIn(await makeMemberWith(owner, [...held]));
    const addresses = freshEmail("target");
    const { status } = await visitor.post("/account/users/invite", form, { addresses, "groups[]": group });
    const found = await db().execute(sql`select from invitations where email = ${addresses}`);
    expect([status, found.length], held.join()).toEqual([403, 0]);
  }
});
