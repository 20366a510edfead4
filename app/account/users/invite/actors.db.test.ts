import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import { freshEmail, makeMember, makeMemberWith, makeOwner } from "@/lib/testing/people";
import { testProduct } from "@/lib/testing/product";
import { type ServedForm, textOf, type Visitor } from "@/lib/testing/visitor";

// The list of users and the invite form, asked for and posted to past their gates (SAFETY 21, 22). Who may, of everybody
// there can be, `app/actions.db.test.ts` and `app/pages.db.test.ts` hold for every page and action.
const product = testProduct();
let owner: Actor;
let form: ServedForm;

beforeAll(async () => {
  owner = await makeOwner("Acme");
  form = await (await product.signedIn(owner)).inviteForm();
}, 120_000);

/** Posts the owner's own form, as it was served to the owner, with another person's cookies. */
const postAs = async (visitor: Visitor) => {
  const email = freshEmail("target");
  const answer = await visitor.post("/account/users/invite", form, { addresses: email });
  const rows = await db().execute(sql`select from invitations where email = ${email}`);
  return { invited: rows.length === 1, status: answer.status, text: textOf(answer.html) };
};

describe("the list of users and the invite form", () => {
  test("by an owner", async () => {
    const visitor = await product.signedIn(owner);
    expect((await visitor.get("/account/users")).status).toBe(200);
    expect(await postAs(visitor)).toMatchObject({ invited: true, status: 200 });
  });

  test("by a member without any group", async () => {
    const visitor = await product.signedIn(await makeMember(owner));
    expect((await visitor.get("/account/users")).status).toBe(403);
    expect(await postAs(visitor)).toMatchObject({ invited: false, status: 403 });
  });

  test("by a member who was deactivated while signed in: out at the next request", async () => {
    const member = await makeMemberWith(owner, ["access.create"]);
    const visitor = await product.signedIn(member);
    expect((await visitor.get("/account/users")).status).toBe(200);
    await db().execute(sql`update memberships set deactivated_at = now() where user_id = ${member.userId}`);
    expect((await visitor.get("/account/users")).status).not.toBe(200);
    expect(await postAs(visitor)).toMatchObject({ invited: false, status: 403 });
  });

  test("by an owner of another organization: the form says that it belongs elsewhere", async () => {
    const stranger = await makeOwner("Globex");
    const posted = await postAs(await product.signedIn(stranger));
    expect(posted.invited).toBe(false);
    expect(posted.text).toContain("Nothing was changed");
  });

  test("by nobody", async () => {
    const nobody = product.visitor();
    expect((await nobody.get("/account/users")).headers.get("location")).toBe("/signin?next=%2Faccount%2Fusers");
    const posted = await postAs(nobody);
    expect(posted.invited).toBe(false);
  });

  test("by somebody whose cookie was copied before they signed out", async () => {
    const member = await makeMemberWith(owner, ["access.create"]);
    const visitor = await product.signedIn(member);
    const thief = product.visitor();
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
      const answer = await fetch(`${product.url()}/account/users`, { headers, redirect: "manual" });
      expect(await answer.text(), JSON.stringify(headers)).not.toContain(owner.email);
    }
  });
});
