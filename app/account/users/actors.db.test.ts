import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { GroupId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { nameOf, type Right, rights } from "@/lib/access/catalogue";
import type { Item } from "@/lib/directory/rules";
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
import { formThatSays, type ServedForm, textOf, type Visitor } from "@/lib/testing/visitor";

// Every press on a row of User Management, posted directly by every kind of actor (SAFETY 21, 23): done or refused as
// SPEC section 3 says, and the database agrees.
const product = testProduct();
let owner: Actor;
let owning: Visitor;
let groups: Record<Target, GroupId[]>;

type Verb = Exclude<Item, "groups">;

/** What the member or invitation pressed on holds: nothing, more than a single right, or everything. */
const targets = ["plain", "with more rights", "owner"] as const;
type Target = (typeof targets)[number];

const presses: Record<Verb, { right: Right; label: string; field: "user" | "invitation"; to: readonly Target[] }> = {
  deactivate: {
    right: "access.edit",
    label: "Deactivate user",
    field: "user",
    to: ["plain", "with more rights"],
  },
  reactivate: { right: "access.edit", label: "Re-activate user", field: "user", to: ["plain"] },
  resend: { right: "access.create", label: "Resend invite", field: "invitation", to: ["plain"] },
  copy: { right: "access.create", label: "Copy link", field: "invitation", to: ["plain"] },
  revoke: { right: "access.delete", label: "Revoke invite", field: "invitation", to: targets },
};
const verbs = Object.keys(presses) as Verb[]; // the keys of the record above
const cases = verbs.flatMap((verb) => targets.map((target) => ({ verb, target })));

beforeAll(async () => {
  owner = await makeOwner("Acme");
  const more = await makeGroup(owner, ["groups.delete", "audit.read"]);
  groups = { plain: [], "with more rights": [more], owner: [await ownersGroup(owner.organizationId)] };
  owning = await product.signedIn(owner);
}, 120_000);

type Made = { id: string; path: string; form: ServedForm };

/** Somebody or some invitation to press on, and the form for it as it is served to the owner. */
const make = async (verb: Verb, target: Target): Promise<Made> => {
  const { field, label } = presses[verb];
  const id =
    field === "user"
      ? (await makeMember(owner, groups[target])).userId
      : await inviteOne(owner, freshEmail("target"), groups[target]);
  if (field === "invitation")
    await db().execute(sql`
      update invitations set last_sent_at = last_sent_at - interval '1 hour', expires_at = expires_at - interval '1 hour' where id = ${id}`);
  if (verb === "reactivate")
    await db().execute(sql`update memberships set deactivated_at = now() where user_id = ${id}`);
  const path = field === "user" ? `/account/users/${id}` : `/account/users/invitations/${id}`;
  const { html } = await owning.get(`${path}?ask=${verb}`);
  return { id, path, form: formThatSays(html, label) };
};

/** How the database has it: what each press would change. */
const factsOf = async ({ id }: Made): Promise<Record<Verb, unknown>> => {
  const [row] = await db().execute<Record<Verb, unknown>>(sql`
    select (select deactivated_at is not null from memberships where user_id = ${id}) as deactivate,
      (select deactivated_at is null from memberships where user_id = ${id}) as reactivate,
      (select sends > 1 from invitations where id = ${id}) as resend,
      exists (select from audit_events where target_id = ${id} and action = 'invitation.link_revealed') as copy,
      (select revoked_at is not null from invitations where id = ${id}) as revoke`);
  if (!row) throw new Error("One row");
  return row;
};

/** Presses as this visitor, with the owner's own form; gives what they read, and whether the database has it. */
const press = async (visitor: Visitor, verb: Verb, target: Target) => {
  const made = await make(verb, target);
  const before = await factsOf(made);
  const { status, html } = await visitor.post(made.path, made.form);
  const after = await factsOf(made);
  expect(before[verb], "not yet").toBe(false);
  if (after[verb] === false) expect(after, "nothing else either").toEqual(before);
  return { done: after[verb], status, text: textOf(html), linkShown: html.includes("/join/") };
};

describe("by an owner", () => {
  test.each(cases)("$verb on one $target is done", async ({ verb, target }) => {
    const pressed = await press(owning, verb, target);
    expect(pressed).toMatchObject({ done: true, status: 200, linkShown: verb === "copy" });
  });
});

describe.each([...rights])("by a member who holds %s alone", (right) => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await product.signedIn(await makeMemberWith(owner, [right]));
  });

  // Whoever lacks the right is turned away before anybody looks at whom it is about.
  const ours = right.startsWith("access.");
  test.each(cases.filter(({ target }) => ours || target === "plain"))(
    "$verb on one $target",
    async ({ verb, target }) => {
      const { right: needed, to } = presses[verb];
      const pressed = await press(visitor, verb, target);
      const may = right === needed && to.includes(target);
      expect(pressed).toMatchObject({ done: may, linkShown: may && verb === "copy" });
      const missing = right === needed ? null : needed;
      expect(pressed.status).toBe(may ? 200 : 403);
      // Whoever sees the page reads what the press needs; whoever doesn't, what the page does.
      if (missing) expect(pressed.text).toContain(`You need ${nameOf(ours ? missing : "access.read")}`);
    },
  );
});

describe.each(verbs)("%s", (verb) => {
  const refusedTo = async (visitor: Visitor) => {
    const pressed = await press(visitor, verb, "plain");
    expect(pressed).toMatchObject({ done: false, linkShown: false });
    return pressed;
  };

  test("by a member without any group", async () => {
    expect(await refusedTo(await product.signedIn(await makeMember(owner)))).toMatchObject({ status: 403 });
  });

  test("by a member who was deactivated while signed in", async () => {
    const member = await makeMemberWith(owner, [presses[verb].right]);
    const visitor = await product.signedIn(member);
    await db().execute(sql`update memberships set deactivated_at = now() where user_id = ${member.userId}`);
    expect(await refusedTo(visitor)).toMatchObject({ status: 403 });
  });

  test("by an owner of another organization, with the form as it is and with their own organization in it", async () => {
    const stranger = await makeOwner("Globex");
    const visitor = await product.signedIn(stranger);
    expect(await refusedTo(visitor)).toMatchObject({ status: 404 });
    const made = await make(verb, "plain");
    const before = await factsOf(made);
    const answer = await visitor.post("/account/users", made.form, { organization: stranger.organizationId });
    const random = await visitor.post("/account/users", made.form, {
      organization: stranger.organizationId,
      [presses[verb].field]: "00000000-0000-4000-8000-000000000000",
    });
    const bent = await visitor.post("/account/users", made.form, {
      organization: stranger.organizationId,
      [presses[verb].field]: "not an id",
    });
    expect(await factsOf(made)).toEqual(before);
    expect([bent.status, textOf(bent.html)]).toEqual([404, textOf(random.html)]);
    expect([answer.status, textOf(answer.html)]).toEqual([random.status, textOf(random.html)]);
  });

  test("by nobody, who had typed nothing", async () => {
    const pressed = await refusedTo(product.visitor());
    expect(pressed.status).toBe(403);
    expect(pressed.text).toContain("You are signed out");
    expect(pressed.text).not.toContain("You had typed");
  });

  test("on what has ended meanwhile", async () => {
    const made = await make(verb, "plain");
    await db().execute(sql`update invitations set declined_at = now() where id = ${made.id}`);
    const { status, html } = await owning.post(made.path, made.form);
    const invitation = presses[verb].field === "invitation";
    expect(status).toBe(invitation ? 409 : 200);
    if (invitation) expect(textOf(html)).toContain("This invite is no longer open.");
  });
});

test("of two owners who deactivate each other at once one stays, and the other reads that nothing came of theirs", async () => {
  for (let round = 0; round < 5; round++) {
    const first = await makeOwner("Initech");
    const second = await makeMember(first, [await ownersGroup(first.organizationId)]);
    const presses = [
      { by: await product.signedIn(first), path: `/account/users/${second.userId}?ask=deactivate` },
      { by: await product.signedIn(second), path: `/account/users/${first.userId}?ask=deactivate` },
    ];
    const forms = await Promise.all(
      presses.map(async ({ by, path }) => formThatSays((await by.get(path)).html, "Deactivate user")),
    );
    const answers = await Promise.all(
      presses.map(({ by, path }, at) => by.post(path, forms[at] ?? { button: "", fields: {} })),
    );
    const read = answers.map(({ status, html }) => `${status} ${textOf(html)}`).toSorted();
    expect(read[0]).toMatch(/^200 .* is deactivated\./);
    expect(read[1]).toMatch(/^403 .*You are signed out Nothing was sent\./);
    const left = await db().execute(sql`
      select from memberships where organization_id = ${first.organizationId} and deactivated_at is null`);
    expect(left).toHaveLength(1);
  }
});

describe("garbage in an address of User Management is never a server error", () => {
  const bent = ["", "%F0%9F%92%A9", "'--", "-", "~", "x&NAME=y", "%ED%A0%80", "\\u0000", "x".repeat(3000)];
  const id = "00000000-0000-4000-8000-000000000000";
  const names = ["status", "q", "group", "sort", "after", "before", "ask", "in[]", "__proto__"];
  test.each(names)("%s", async (name) => {
    for (const value of [...bent, `a~b~${id}`, id]) {
      const query = `?${name}=${value.replace("NAME", name)}`;
      expect((await owning.get(`/account/users${query}`)).status, query).toBe(200);
      expect((await owning.get(`/account/users/${owner.userId}${query}`)).status, query).toBe(200);
    }
  });
  test.each(["%F0%9F%92%A9", "~", "x".repeat(3000), id, "..%2fusers"])("as an id: %s", async (value) => {
    expect((await owning.get(`/account/users/${value}`)).status).toBe(404);
    expect((await owning.get(`/account/users/invitations/${value}`)).status).toBe(404);
  });
  test("a NUL is refused in words before any page", async () => {
    for (const address of ["?q=%00", `?after=%00~${id}`, "/%00"])
      expect((await owning.get(`/account/users${address}`)).status, address).toBe(400);
  });
});

test("whoever tried more than they may is on record", async () => {
  const tried = await db().execute<{ refusal: string }>(sql`
    select distinct after ->> 'refusal' as refusal from audit_events
    where organization_id = ${owner.organizationId} and action = 'membership.overreached'`);
  expect(tried.map(({ refusal }) => refusal).toSorted()).toEqual(["beyond-own-rights", "forbidden", "owners-only"]);
});
