import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db, openDatabase } from "@/db/client";
import type { GroupId, UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { nameOf, type Right, rights } from "@/lib/access/catalogue";
import { addMembers } from "@/lib/groups/members";
import {
  granted,
  makeGroup,
  makeMember,
  makeMemberWith,
  makeOwner,
  must,
  ownersGroup,
  password,
} from "@/lib/testing/people";
import { dataFolder, type Server, startServer } from "@/lib/testing/server";
import { formThatSays, type ServedForm, textOf, Visitor } from "@/lib/testing/visitor";

// Every press of Group Management, posted directly by every kind of actor (SAFETY 21, 23, 24): done or refused as SPEC
// section 3 says, and the database agrees.
const data = dataFolder();
let server: Server;
let owner: Actor;
let owning: Visitor;
let someone: Actor;
/** Signed in as somebody who may add policies and do nothing else. */
let adding: Visitor;

beforeAll(async () => {
  server = await startServer({ DATA_DIR: data.folder, SIGNUP_MODE: "open" });
  openDatabase({ host: `${data.folder}/postgres`, user: "gatehouse", database: "postgres" }, 4);
  owner = await makeOwner("Acme");
  owning = await signedIn(owner.email);
  someone = await makeMember(owner);
  adding = await signedIn((await makeMemberWith(owner, ["groups.create"])).email);
}, 120_000);
afterAll(async () => {
  await closeDatabase();
  await server.stop();
  data.forget();
});

const signedIn = async (email: string): Promise<Visitor> => {
  const visitor = new Visitor(server.url);
  await visitor.signIn(email, password);
  return visitor;
};

type Press = {
  right: Right;
  at: (group: string) => string;
  button: string;
  fill: () => Record<string, string>;
  /** What the group allows before. */
  allows?: readonly Right[];
  /** Whose form it is, where an owner gets another. */
  servedTo?: () => Visitor;
};
const presses = {
  create: {
    right: "groups.create",
    at: () => "/account/groups/new",
    button: "Create group",
    fill: () => ({ name: fresh(), "members[]": someone.userId }),
  },
  duplicate: {
    right: "groups.create",
    at: (group) => `/account/groups/new?copy=${group}`,
    button: "Create group",
    fill: () => ({ name: fresh(), "members[]": someone.userId }),
  },
  rename: {
    right: "groups.edit",
    at: (group) => `/account/groups/${group}`,
    button: "Save details",
    fill: () => ({ name: fresh() }),
  },
  add: {
    right: "groups.edit",
    at: (group) => `/account/groups/${group}`,
    button: "Add to group",
    fill: () => ({ "members[]": owner.userId }),
  },
  remove: {
    right: "groups.edit",
    at: (group) => `/account/groups/${group}?ask=${someone.userId}`,
    button: "Remove from group",
    fill: () => ({}),
  },
  delete: {
    right: "groups.delete",
    at: (group) => `/account/groups/${group}?ask=delete`,
    button: "Delete group",
    fill: () => ({}),
  },
  allow: {
    right: "groups.edit",
    at: (group) => `/account/groups/${group}/policies/administrative`,
    button: "See what changes",
    fill: () => ({ step: "save", "policies[]": "groups.read" }),
  },
  allowMore: {
    right: "groups.create",
    at: (group) => `/account/groups/${group}/policies/administrative`,
    button: "See what changes",
    fill: () => ({ step: "save", "policies[]": "groups.read" }),
    servedTo: () => adding,
  },
  allowLess: {
    right: "groups.delete",
    at: (group) => `/account/groups/${group}/policies/remove?policy=groups.read`,
    button: "Remove policy",
    fill: () => ({}),
    allows: ["groups.read"],
  },
} satisfies Record<string, Press>;
type Name = keyof typeof presses;
const names = Object.keys(presses) as Name[]; // the keys of the record above

/** The form that an owner, or whoever may do just that, is served about a group made for it. */
const serve = async (name: Name): Promise<{ group: GroupId; form: ServedForm; press: Press }> => {
  const press: Press = presses[name];
  const group = await groupOf(press.allows ?? []);
  const { html } = await (press.servedTo?.() ?? owning).get(press.at(group));
  return { group, form: formThatSays(html, press.button), press };
};

let count = 0;
const fresh = () => `Name ${++count} of a test`;

/** Groups, members and policies of the organization, as one word: it differs when anything has changed. */
const facts = async (): Promise<string> => {
  const [row] = await db().execute<{ facts: string }>(sql`
    select md5(concat(
      (select string_agg(g::text, ' ' order by g.id) from groups g),
      (select string_agg(gm::text, ' ' order by gm::text) from group_members gm),
      (select string_agg(concat(p.group_id, p.permission, p.operation), ' ' order by p.id) from policies p))) as facts`);
  return row?.facts ?? "";
};

/** Presses as this visitor, with the owner's own form about a group with one member; tells what they read, and whether anything changed. */
const press = async (visitor: Visitor, name: Name, fill: Record<string, string> = {}) => {
  const { group, form, press } = await serve(name);
  const before = await facts();
  const { status, html } = await visitor.post(press.at(group), form, { ...press.fill(), ...fill });
  return { done: (await facts()) !== before, status, text: textOf(html) };
};

const groupOf = async (allows: readonly Right[]): Promise<GroupId> => {
  const group = await makeGroup(owner, allows);
  must(await addMembers(granted(owner, "groups.edit"), group, [someone.userId]));
  return group;
};

test.each(names)("by an owner: %s is done", async (name) => {
  expect(await press(owning, name)).toMatchObject({ done: true, status: 200 });
});

describe.each([...rights])("by a member who holds %s alone", (right) => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await signedIn((await makeMemberWith(owner, [right])).email);
  });

  test.each(names)("%s", async (name) => {
    const needed = presses[name].right;
    const { done, status, text } = await press(visitor, name);
    expect({ done, status }).toEqual({ done: right === needed, status: right === needed ? 200 : 403 });
    // Whoever may open the page reads what the press needs; whoever may not, what the page does.
    if (right !== needed)
      expect([nameOf(needed), nameOf("groups.read")].some((words) => text.includes(words))).toBe(true);
  });
});

describe("by somebody who may only add", () => {
  test("a policy that the group has is shown ticked and can't be cleared, and a form that clears it is refused in words", async () => {
    const group = await groupOf(["groups.edit"]);
    const { html } = await adding.get(`/account/groups/${group}/policies/administrative`);
    for (const has of ["groups.read", "groups.edit"])
      expect(html).toMatch(
        new RegExp(`<input(?=[^>]*value="${has.replace(".", "\\.")}")(?=[^>]*disabled)(?=[^>]*checked)[^>]*>`),
      );
    const form = formThatSays(html, "See what changes");
    const before = await facts();
    for (const fill of [
      { changes: "-groups.edit", offered: "" },
      { changes: "", offered: "groups.edit" },
    ])
      for (const step of ["review", "save"]) {
        const sent = { ...fill, step, "policies[]": "groups.read" };
        const answer = await adding.post(`/account/groups/${group}/policies/administrative`, form, sent);
        expect([answer.status, textOf(answer.html).includes(nameOf("groups.edit"))]).toEqual([403, true]);
      }
    expect(await facts()).toBe(before);
  });

  test("they find no way to take one away, and whoever may only do that finds no other", async () => {
    const group = await groupOf(["groups.read"]);
    const removing = await signedIn((await makeMemberWith(owner, ["groups.delete"])).email);
    const [added, removed] = await Promise.all([adding, removing].map((who) => who.get(`/account/groups/${group}`)));
    expect([textOf(added?.html ?? ""), textOf(removed?.html ?? "")]).toEqual([
      expect.not.stringContaining("Remove policy"),
      expect.stringContaining("Remove policy"),
    ]);
    expect(textOf(added?.html ?? "")).toContain("Add administrative policies");
    expect(textOf(removed?.html ?? "")).not.toContain("administrative policies Add");
    expect((await removing.get(`/account/groups/${group}/policies/administrative`)).status).toBe(403);
  });
});

describe("by somebody who may change groups", () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await signedIn((await makeMemberWith(owner, ["groups.edit", "groups.create"])).email);
  });

  test("a policy they don't hold themselves is offered to nobody, and refused when it is sent all the same", async () => {
    const group = await groupOf([]);
    const { html } = await visitor.get(`/account/groups/${group}/policies/administrative`);
    expect(html).toMatch(/<input(?=[^>]*value="audit\.read")(?=[^>]*disabled)[^>]*>/);
    expect(html).not.toMatch(/<input(?=[^>]*value="groups\.edit")(?=[^>]*disabled)[^>]*>/);
    const { done, text } = await press(visitor, "allow", { "policies[]": "audit.read" });
    expect({ done, told: text.includes("can't hand out Audit log (Read-only)") }).toEqual({ done: false, told: true });
  });

  test("nobody is added to a group that allows more than they hold, nor is it duplicated; to Owners neither", async () => {
    for (const group of [await groupOf(["audit.read"]), await ownersGroup(owner.organizationId)]) {
      const { html } = await visitor.get(`/account/groups/${group}`);
      expect(html).not.toContain("Add to group");
      const plain = await groupOf([]);
      const add = formThatSays((await visitor.get(`/account/groups/${plain}`)).html, "Add to group");
      const copy = formThatSays((await visitor.get(`/account/groups/new?copy=${plain}`)).html, "Create group");
      const before = await facts();
      await visitor.post(`/account/groups/${group}`, add, { group, "members[]": owner.userId });
      await visitor.post("/account/groups/new", copy, { copy: group, name: fresh(), "members[]": someone.userId });
      expect(await facts()).toBe(before);
    }
  });
});

describe.each(names)("%s", (name) => {
  test("by a member without any group, by one who was deactivated while signed in, and by nobody", async () => {
    const former = await makeMemberWith(owner, [presses[name].right]);
    const visitors = [
      await signedIn((await makeMember(owner)).email),
      await signedIn(former.email),
      new Visitor(server.url),
    ];
    await db().execute(sql`update memberships set deactivated_at = now() where user_id = ${former.userId}`);
    for (const visitor of visitors) {
      const { done, status } = await press(visitor, name);
      expect(done).toBe(false);
      expect(status).toBe(403);
    }
  });

  test("by an owner of another organization: the same as with an id that nobody has", async () => {
    const stranger = await makeOwner("Globex");
    const visitor = await signedIn(stranger.email);
    const answers = [];
    for (const ids of [
      [await groupOf([]), someone.userId],
      [randomUUID(), randomUUID() as UserId],
    ] as const) {
      const [group, user] = ids;
      const { form } = await serve(name);
      const before = await facts();
      const fill: Record<string, string> = {
        ...presses[name].fill(),
        organization: stranger.organizationId,
        name: "One name",
      };
      for (const field of ["group", "copy"]) if (field in form.fields) fill[field] = group;
      if ("remove" in form.fields) fill.remove = user;
      if ("members[]" in fill) fill["members[]"] = user;
      const answer = await visitor.post("/account/groups", form, fill);
      expect(await facts()).toBe(before);
      answers.push([answer.status, textOf(answer.html)]);
    }
    expect(answers[0]).toEqual(answers[1]);
  });
});

test.each(["%F0%9F%92%A9", "~", "x".repeat(3000), "00000000-0000-4000-8000-000000000000"])(
  "nothing stands at a bent or unknown id: %s",
  async (id) => {
    const known = await groupOf([]);
    for (const page of ["", "/policies", "/policies/administrative", "/policies/domains", "/policies/sources"])
      expect((await owning.get(`/account/groups/${id}${page}`)).status).toBe(404);
    expect((await owning.get(`/account/groups/${known}/policies/sources/${id}`)).status).toBe(404);
    expect((await owning.get(`/account/groups/new?copy=${id}`)).status).toBe(404);
    expect((await owning.get(`/account/groups/${known}/policies/remove?policy=${id}`)).status).toBe(404);
    for (const query of [`ask=${id}`, `after_member=${id}`, `q=${id}`, `after=${id}`])
      expect((await owning.get(`/account/groups/${known}?${query}`)).status).toBe(200);
  },
);
