import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db, openDatabase } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import { nameOf, rights } from "@/lib/access/catalogue";
import { freshEmail, makeMember, makeMemberWith, makeOwner, password } from "@/lib/testing/people";
import { dataFolder, type Server, startServer } from "@/lib/testing/server";
import { formWith, type ServedForm, textOf, Visitor } from "@/lib/testing/visitor";

// Pages and actions of the running product, asked for and posted to directly by every kind of actor (SAFETY 21, 23).
const data = dataFolder();
let server: Server;
let owner: Actor;
let form: ServedForm;

const signedIn = async (email: string): Promise<Visitor> => {
  const visitor = new Visitor(server.url);
  const page = await visitor.get("/signin");
  await visitor.post("/signin", formWith(page.html, "email"), { email, password });
  return visitor;
};

beforeAll(async () => {
  server = await startServer({ DATA_DIR: data.folder, SIGNUP_MODE: "open" });
  openDatabase({ host: `${data.folder}/postgres`, user: "gatehouse", database: "postgres" }, 4);
  owner = await makeOwner("Acme");
  form = await (await signedIn(owner.email)).inviteForm();
}, 120_000);
afterAll(async () => {
  await closeDatabase();
  await server.stop();
  data.forget();
});

/** Posts the owner's own form, as it was served to the owner, with another person's cookies. */
const postAs = async (visitor: Visitor) => {
  const email = freshEmail("target");
  const answer = await visitor.post("/account/users/invite", form, { addresses: email });
  const rows = await db().execute(sql`select from invitations where email = ${email}`);
  return { invited: rows.length === 1, status: answer.status, text: textOf(answer.html) };
};

describe("the list of users and the invite form", () => {
  test.each([...rights])("by a member who holds %s alone", async (right) => {
    const actor = await makeMemberWith(owner, [right]);
    const visitor = await signedIn(actor.email);
    expect((await visitor.get("/account/users")).status).toBe(actor.rights.has("access.read") ? 200 : 403);
    const page = await visitor.get("/account/users/invite");
    const posted = await postAs(visitor);
    if (right === "access.create") {
      expect(page.status).toBe(200);
      expect(posted).toMatchObject({ invited: true, status: 200 });
      return;
    }
    expect(page.status).toBe(403);
    expect(textOf(page.html)).toContain(`You need ${nameOf("access.create")}`);
    expect(posted).toMatchObject({ invited: false, status: 403 });
    expect(posted.text).toContain(nameOf("access.create"));
  });

  test("by an owner", async () => {
    const visitor = await signedIn(owner.email);
    expect((await visitor.get("/account/users")).status).toBe(200);
    expect(await postAs(visitor)).toMatchObject({ invited: true, status: 200 });
  });

  test("by a member without any group", async () => {
    const visitor = await signedIn((await makeMember(owner)).email);
    expect((await visitor.get("/account/users")).status).toBe(403);
    expect(await postAs(visitor)).toMatchObject({ invited: false, status: 403 });
  });

  test("by a member who was deactivated while signed in: out at the next request", async () => {
    const member = await makeMemberWith(owner, ["access.create"]);
    const visitor = await signedIn(member.email);
    expect((await visitor.get("/account/users")).status).toBe(200);
    await db().execute(sql`update memberships set deactivated_at = now() where user_id = ${member.userId}`);
    expect((await visitor.get("/account/users")).status).not.toBe(200);
    expect(await postAs(visitor)).toMatchObject({ invited: false, status: 403 });
  });

  test("by an owner of another organization: the form says that it belongs elsewhere", async () => {
    const stranger = await makeOwner("Globex");
    const posted = await postAs(await signedIn(stranger.email));
    expect(posted.invited).toBe(false);
    expect(posted.text).toContain("Nothing was changed");
  });

  test("by nobody", async () => {
    const nobody = new Visitor(server.url);
    expect((await nobody.get("/account/users")).headers.get("location")).toBe("/signin?next=%2Faccount%2Fusers");
    const posted = await postAs(nobody);
    expect(posted.invited).toBe(false);
  });

  test("by somebody whose cookie was copied before they signed out", async () => {
    const member = await makeMemberWith(owner, ["access.create"]);
    const visitor = await signedIn(member.email);
    const thief = new Visitor(server.url);
    for (const [name, value] of visitor.cookies) thief.cookies.set(name, value);
    await db().execute(sql`update sessions set ended_at = now() where user_id = ${member.userId}`);
    expect((await postAs(thief)).invited).toBe(false);
  });

  test("past the gate by headers that name an inner address or a proxy", async () => {
    const bent: Record<string, string>[] = [
      { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
      { "x-middleware-rewrite": "/account/users" },
      { "x-invoke-path": "/account/users" },
      { rsc: "1", "next-router-prefetch": "1" },
      { rsc: "1" },
    ];
    for (const headers of bent) {
      const answer = await fetch(`${server.url}/account/users`, { headers, redirect: "manual" });
      expect(await answer.text(), JSON.stringify(headers)).not.toContain(owner.email);
    }
  });
});
