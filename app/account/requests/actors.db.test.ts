import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db, openDatabase } from "@/db/client";
import type { GroupId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { nameOf, rights } from "@/lib/access/catalogue";
import { makeGroup, makeMember, makeMemberWith, makeOwner, ownersGroup, password } from "@/lib/testing/people";
import { letAsk } from "@/lib/testing/requests";
import { dataFolder, type Server, startServer } from "@/lib/testing/server";
import { formThatSays, formWith, type ServedForm, textOf, Visitor } from "@/lib/testing/visitor";

// Asking for access and deciding, posted directly by every kind of actor (SAFETY 21, 23, 24).
const data = dataFolder();
let server: Server;
let owner: Actor;
let owning: Visitor;
let plain: GroupId;
let more: GroupId;

beforeAll(async () => {
  server = await startServer({ DATA_DIR: data.folder, SIGNUP_MODE: "open" });
  openDatabase({ host: `${data.folder}/postgres`, user: "gatehouse", database: "postgres" }, 4);
  owner = await makeOwner("Acme");
  plain = await makeGroup(owner, [], "Plain");
  more = await makeGroup(owner, ["audit.read"], "Auditors");
  owning = await signedIn(owner);
}, 120_000);
afterAll(async () => {
  await closeDatabase();
  await server.stop();
  data.forget();
});

const signedIn = async ({ email }: Actor): Promise<Visitor> => {
  const visitor = new Visitor(server.url);
  await visitor.signIn(email, password);
  return visitor;
};

/** Somebody who waits for an answer, and the form that decides as the owner is served it. */
const waiting = async () => {
  const asker = await makeMember(owner);
  const request = await letAsk(asker, "The sales figures");
  const path = `/account/requests/${request}`;
  return { asker, request, path, form: formWith((await owning.get(path)).html, "answer") };
};

const outcomeOf = async (request: string) => {
  const [row] = await db().execute<{ granted: boolean | null; groups: GroupId[] }>(sql`
    select r.granted, array(select gm.group_id from group_members gm
      where gm.user_id = r.user_id and gm.organization_id = r.organization_id) as groups
    from access_requests r where r.id = ${request}`);
  return { granted: row?.granted ?? null, groups: row?.groups ?? [] };
};
const nothing = { granted: null, groups: [] };

/** Posts the owner's form as somebody else. */
const post = async (visitor: Visitor, fill: Record<string, string>) => {
  const { request, path, form } = await waiting();
  const { status, html } = await visitor.post(path, form, fill);
  return { ...(await outcomeOf(request)), status, text: textOf(html) };
};
const granting = (group: string) => ({ step: "grant", "groups[]": group });
const refusing = { step: "refuse" };

describe("deciding", () => {
  test("by an owner: any group, Owners among them, or a refusal", async () => {
    expect(await post(owning, granting(more))).toMatchObject({ granted: true, groups: [more], status: 200 });
    const owners = await ownersGroup(owner.organizationId);
    expect(await post(owning, granting(owners))).toMatchObject({ granted: true, groups: [owners] });
    const refused = await post(owning, { ...refusing, answer: "Ask me in May" });
    expect(refused).toMatchObject({ granted: false, groups: [], status: 200 });
    expect(refused.text).toContain("The request of Mia Member is refused.");
  });

  test("with no group chosen says so, and keeps what was typed", async () => {
    const { request, path, form } = await waiting();
    const { status, html } = await owning.post(path, form, { step: "grant", answer: "Not lost" });
    expect([status, await outcomeOf(request)]).toEqual([422, nothing]);
    expect(textOf(html)).toContain("Choose at least one group, or refuse the request.");
    expect(formWith(html, "answer").fields.answer).toBe("Not lost");
  });

  test.each([...rights])("by a member who holds %s alone", async (right) => {
    const visitor = await signedIn(await makeMemberWith(owner, [right]));
    const list = await visitor.get("/account/requests");
    if (right === "groups.edit") {
      expect(list.status).toBe(200);
      expect(await post(visitor, granting(plain))).toMatchObject({ granted: true, groups: [plain], status: 200 });
      expect(await post(visitor, refusing)).toMatchObject({ granted: false, groups: [], status: 200 });
      return;
    }
    expect(list.status).toBe(403);
    const words = textOf(list.html);
    expect(words).toContain(`You need ${nameOf("groups.edit")} . Ask an Owner:`);
    expect(words).toMatch(/Ask an Owner: [^.]*Olive Owner/);
    expect(list.html).not.toContain(">Access requests<");
    for (const fill of [granting(plain), refusing]) {
      const tried = await post(visitor, fill);
      expect(tried).toMatchObject({ ...nothing, status: 403 });
      expect(tried.text).toContain(nameOf("groups.edit"));
    }
  });

  test("by a member who may change groups, but not beyond what they hold: neither offered nor taken, and on record", async () => {
    const manager = await makeMemberWith(owner, ["groups.edit"]);
    const visitor = await signedIn(manager);
    const { path } = await waiting();
    const { html } = await visitor.get(path);
    expect(html).toContain(`value="${plain}"`);
    const owners = await ownersGroup(owner.organizationId);
    for (const group of [more, owners]) {
      expect(html).not.toContain(`value="${group}"`);
      expect(await post(visitor, granting(group))).toMatchObject({ ...nothing, status: 403 });
    }
    const recorded = await db().execute(sql`
      select from audit_events where action = 'membership.overreached' and target_id = ${manager.userId}`);
    expect(recorded).toHaveLength(2);
  });

  test("by a member without any group, by one who was deactivated while signed in, and by nobody", async () => {
    const former = await makeMemberWith(owner, ["groups.edit"]);
    const visitors = [await signedIn(await makeMember(owner)), await signedIn(former), new Visitor(server.url)];
    await db().execute(sql`update memberships set deactivated_at = now() where user_id = ${former.userId}`);
    for (const visitor of visitors)
      for (const fill of [granting(plain), refusing])
        expect(await post(visitor, fill)).toMatchObject({ ...nothing, status: 403 });
  });

  test("by an owner of another organization: the same as with an id that nobody has", async () => {
    const stranger = await makeOwner("Globex");
    const visitor = await signedIn(stranger);
    const theirs = await makeGroup(stranger, []);
    const answers = [];
    for (const known of [true, false]) {
      const { request, form } = await waiting();
      const id = known ? request : randomUUID();
      const page = await visitor.get(`/account/requests/${id}`);
      const fill = { ...granting(theirs), request: id, organization: stranger.organizationId };
      const answer = await visitor.post("/account/requests", form, fill);
      expect(await outcomeOf(request)).toEqual(nothing);
      answers.push([page.status, textOf(page.html), answer.status, textOf(answer.html)]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(404);
  });

  test("with groups of another organization gives none: the same as with groups that nobody has", async () => {
    const stranger = await makeOwner("Globex");
    for (const group of [await makeGroup(stranger, []), randomUUID()]) {
      const tried = await post(owning, granting(group));
      expect(tried).toMatchObject({ ...nothing, status: 422 });
      expect(tried.text).toContain("A group you chose no longer exists.");
    }
    expect(await post(owning, granting("no id"))).toMatchObject({ ...nothing, status: 404 });
  });

  test("a second time, from a page that was open: it says who decided what", async () => {
    const { request, path, form } = await waiting();
    const rival = await signedIn(await makeMemberWith(owner, ["groups.edit"]));
    await rival.post(path, form, granting(plain));
    const { status, html } = await owning.post(path, form, refusing);
    expect(status).toBe(409);
    expect(textOf(html)).toContain("Mia Member granted this request already, so nothing was changed.");
    expect(await outcomeOf(request)).toEqual({ granted: true, groups: [plain] });
  });
});

describe("asking", () => {
  const asked = async ({ userId }: Actor) =>
    (await db().execute<{ note: string }>(sql`select note from access_requests where user_id = ${userId}`)).map(
      ({ note }) => note,
    );
  let form: ServedForm;
  beforeAll(async () => {
    form = formThatSays((await (await signedIn(await makeMember(owner))).get("/sources")).html, "Request access");
  });

  test.each(["/sources", "/domains", "/account/access"])("by a member without any group, on %s", async (path) => {
    const asker = await makeMember(owner);
    const visitor = await signedIn(asker);
    const own = formThatSays((await visitor.get(path)).html, "Request access");
    const { status, html } = await visitor.post(path, own, { note: "The sales figures" });
    expect([status, await asked(asker)]).toEqual([200, ["The sales figures"]]);
    expect(textOf(html)).toContain("Your request is sent.");
    expect(html).not.toContain(">Request access<");
    const again = await visitor.post(path, own, { note: "Other words" });
    expect(again.status).toBe(409);
    expect(textOf(again.html)).toContain("You have asked already, and nobody has decided yet.");
    expect(textOf(again.html)).toContain("Other words");
    expect(await asked(asker)).toEqual(["The sales figures"]);
  });

  test.each([...rights])("by a member who holds %s alone", async (right) => {
    const asker = await makeMemberWith(owner, [right]);
    expect((await (await signedIn(asker)).post("/account/access", form, { note: "More" })).status).toBe(200);
    expect(await asked(asker)).toEqual(["More"]);
  });

  test("by nobody, and by somebody who was deactivated while signed in", async () => {
    const former = await makeMember(owner);
    const visitor = await signedIn(former);
    await db().execute(sql`update memberships set deactivated_at = now() where user_id = ${former.userId}`);
    for (const one of [visitor, new Visitor(server.url)])
      expect((await one.post("/account/access", form, { note: "More" })).status).toBe(403);
    expect(await asked(former)).toEqual([]);
  });

  test("from another organization than the form was drawn for changes nothing in either", async () => {
    const stranger = await makeOwner("Globex");
    expect((await (await signedIn(stranger)).post("/account/access", form, { note: "More" })).status).toBe(409);
    expect(await asked(stranger)).toEqual([]);
  });

  test.each([
    ["too long", "x".repeat(501)],
    ["with a bell in them", "bell \u0007"],
  ])("with words that can't be kept is refused: %s", async (_, note) => {
    const asker = await makeMember(owner);
    const { status, html } = await (await signedIn(asker)).post("/sources", form, { note });
    expect([status, await asked(asker)]).toEqual([422, []]);
    expect(textOf(html)).toMatch(/Use at most 500 characters|Use only visible characters/);
  });
});

test.each(["%F0%9F%92%A9", "~", "x".repeat(3000), randomUUID()])(
  "nothing stands at a bent or unknown id: %s",
  async (id) => {
    expect((await owning.get(`/account/requests/${id}`)).status).toBe(404);
    for (const query of [
      `after=${id}`,
      `after_waiting=${id}`,
      `after_decided=${id}`,
      "before_waiting=bent~00000000-0000-4000-8000-000000000000",
      "after_decided=bent~00000000-0000-4000-8000-000000000000",
    ])
      expect((await owning.get(`/account/requests?${query}`)).status).toBe(200);
    expect((await owning.get(`/account/access?from=${id}`)).status).toBe(200);
  },
);
