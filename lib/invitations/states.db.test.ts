import { beforeAll, describe, expect, test } from "vitest";
import type { InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { granted, inviteOne, makeOwner, must, ownersGroup, password, passwordHash } from "@/lib/testing/people";
import { replicas } from "@/lib/testing/replicas";
import { formsOf, formThatSays, formWith, headingOf, textOf, type Visitor } from "@/lib/testing/visitor";
import { accept } from "./accept";
import { stopInvitations } from "./block";
import { decline } from "./decline";
import { revoke } from "./revoke";
import { tokenFor } from "./token";

// Real servers on one database, and this process beside them: it knows the same secret.
const { sql, visitor } = replicas();
let owner: Visitor;
let olive: Actor;

beforeAll(async () => {
  olive = await makeOwner("Acme", "olive@example.org");
  owner = visitor();
  await owner.signIn(olive.email, password);
});

const idOf = async (email: string): Promise<InvitationId> => {
  const [row] = await sql<{ id: InvitationId }[]>`select id from invitations where email = ${email}`;
  if (!row) throw new Error(`${email} was not invited`);
  return row.id;
};
const pathOf = (id: InvitationId, channel: "email" | "link" = "email") => `/join/${tokenFor(id, channel)}`;
const invited = async (email: string) => {
  await owner.invite(email);
  const id = await idOf(email);
  return { email, id, path: pathOf(id) };
};
const typed = { name: "Nora New", password: "four quiet garden gates" };
const join = async (path: string, by = visitor()) => by.post(path, formWith((await by.get(path)).html, "name"), typed);
const revokeNow = (id: InvitationId) => revoke(granted(olive, "access.delete"), id);
const expire = (id: InvitationId) =>
  sql`update invitations set last_sent_at = last_sent_at - interval '8 days', expires_at = expires_at - interval '8 days' where id = ${id}`;

const blockPathOf = async (email: string) => (await invited(email)).path.replace("/join/", "/block/");

type Arranged = { path: string; heading: string };
const states: Record<string, () => Promise<Arranged>> = {
  "new address": async () => ({ path: (await invited("fresh@example.org")).path, heading: "Join Acme" }),
  "existing account": async () => {
    await visitor().signUp("Initech", "peter@example.org");
    await sql`update users set email_verified_at = now() where email = 'peter@example.org'`;
    return { path: (await invited("peter@example.org")).path, heading: "Join Acme" };
  },
  "copied link": async () => ({
    path: pathOf((await invited("copied@example.org")).id, "link"),
    heading: "Join Acme",
  }),
  expired: async () => {
    const { id, path } = await invited("late@example.org");
    await expire(id);
    return { path, heading: "This invite has expired" };
  },
  revoked: async () => {
    const { id, path } = await invited("unwanted@example.org");
    must(await revokeNow(id));
    return { path, heading: "This invite is no longer available" };
  },
  declined: async () => {
    const { id, path } = await invited("unwilling@example.org");
    must(await decline({ id, channel: "email" }));
    return { path, heading: "You declined this invite" };
  },
  used: async () => {
    const { path } = await invited("gone-in@example.org");
    await join(path);
    return { path, heading: "This invite was already used" };
  },
  inactive: async () => {
    const { path, email } = await invited("asleep@example.org");
    await join(path);
    await sql`update sessions set ended_at = now() where user_id = (select id from users where email = ${email})`;
    await sql`update memberships set deactivated_at = now() where email = ${email}`;
    return { path, heading: "Your account in Acme is inactive" };
  },
  "to stop invitations": async () => ({ path: await blockPathOf("pestered@example.org"), heading: "Stop invitations" }),
  "with invitations stopped": async () => {
    const path = await blockPathOf("left-alone@example.org");
    must(await stopInvitations(path.split("/").at(-1) ?? "", "organization"));
    return { path, heading: "Invitations are stopped" };
  },
  damaged: async () => ({ path: "/join/this-is-not-a-link", heading: "We can't find this invite" }),
};

describe("a mail scanner that opens the link and submits every form as it was served", () => {
  const everything = async () => ({
    invitations: await sql`select * from invitations order by id`,
    memberships: await sql`select organization_id, user_id, deactivated_at from memberships order by 1, 2`,
    users: await sql`select id, name, email_verified_at from users order by id`,
    events: await sql`select count(*) from audit_events where organization_id is not null`,
    blocks: await sql`select * from blocks order by email`,
    mails: await sql`select count(*) from outbox where kind <> 'code'`,
  });

  test.each(Object.keys(states))("changes nothing where the link is that of: %s", async (state) => {
    const { path, heading } = (await states[state]?.()) ?? { path: "", heading: "" };
    const before = await everything();
    const scanner = visitor();
    const page = await scanner.get(path);
    expect(headingOf(page.html)).toBe(heading);
    await scanner.get(path, "HEAD");
    for (const form of formsOf(page.html)) await scanner.post(path, form);
    expect(await everything()).toEqual(before);
  });
});

describe("an invitation that ends while its form is open", () => {
  const open = async (email: string) => {
    const { id, path } = await invited(email);
    const by = visitor();
    const { html } = await by.get(path);
    return { id, path, email, by, form: formWith(html, "name"), no: formWith(html, "token") };
  };
  const nobody = async (email: string) => expect(await sql`select from users where email = ${email}`).toHaveLength(0);

  test("revoked: the answer says so, and no account is made", async () => {
    const { id, path, email, by, form } = await open("open-revoked@example.org");
    must(await revokeNow(id));
    expect(headingOf((await by.post(path, form, typed)).html)).toBe("This invite is no longer available");
    await nobody(email);
  });

  test("expired: the answer says so, and offers to ask for a new one", async () => {
    const { id, path, email, by, form } = await open("open-expired@example.org");
    await expire(id);
    const answer = await by.post(path, form, typed);
    expect(headingOf(answer.html)).toBe("This invite has expired");
    expect(textOf(answer.html)).toContain("Ask for a new invite");
    await nobody(email);
  });

  test("declined in another tab: the answer says so", async () => {
    const { id, path, email, by, form } = await open("open-declined@example.org");
    must(await decline({ id, channel: "email" }));
    expect(headingOf((await by.post(path, form, typed)).html)).toBe("You declined this invite");
    await nobody(email);
  });

  test("used by another with the same link: the answer says so and signs nobody in", async () => {
    const { path, by, form } = await open("open-used@example.org");
    await join(path);
    const late = await by.post(path, form, { ...typed, password: "some other words entirely" });
    expect(headingOf(late.html)).toBe("This invite was already used");
    expect(late.html).not.toContain("Sign out");
  });
});

test("two tabs with two invitations: each form is about its own, whatever the other page has done meanwhile", async () => {
  const [one, two] = [await invited("first-tab@example.org"), await invited("second-tab@example.org")];
  const browser = visitor();
  const declining = formThatSays((await browser.get(one.path)).html, "Decline");
  const joining = formWith((await browser.get(two.path)).html, "name");
  const declined = await browser.post(two.path, declining, { decline: "yes" });
  expect(headingOf(declined.html)).toBe("You declined this invite");
  expect(textOf((await browser.post(one.path, joining, typed)).html)).toContain("No access yet");
  const rows = await sql`
    select email, accepted_at is not null as accepted, declined_at is not null as declined
    from invitations where email like '%-tab@example.org' order by email`;
  expect([...rows]).toEqual([
    { email: "first-tab@example.org", accepted: false, declined: true },
    { email: "second-tab@example.org", accepted: true, declined: false },
  ]);
});

describe("two tabs with two organizations", () => {
  /** Olive in another browser, at the row of somebody invited to Acme; she is an owner of Globex too, and can go there. */
  const inTwo = async (email: string) => {
    const { id } = await invited(email);
    const globex = await makeOwner("Globex");
    const there = await inviteOne(globex, olive.email, [await ownersGroup(globex.organizationId)]);
    must(await accept({ id: there, channel: "email" }, { shown: { userId: olive.userId, passwordHash } }));
    const browser = visitor();
    await browser.signIn(olive.email, password);
    const goTo = async (organization: string) => {
      const page = await browser.get("/account/organizations");
      if (textOf(page.html).includes(`Switch to ${organization}`))
        await browser.post("/account/organizations", formThatSays(page.html, `Switch to ${organization}`));
    };
    await goTo("Acme");
    return { id, row: `/account/users/invitations/${id}?ask=revoke`, browser, goTo };
  };

  test.each([
    ["Resend invite", "resend"],
    ["Copy link", "copy"],
    ["Revoke invite", "revoke"],
  ])(
    "%s, sent from the tab that was left behind, changes nothing and says what to do; back there it works",
    async (button, name) => {
      const { id, row, browser, goTo } = await inTwo(`left-behind-${name}@example.org`);
      await sql`
      update invitations set last_sent_at = last_sent_at - interval '6 minutes', expires_at = expires_at - interval '6 minutes'
      where id = ${id}`;
      const form = formThatSays((await browser.get(row)).html, button);
      const facts = () =>
        sql`select i.*, (select count(*) from audit_events where target_id = i.id) as events from invitations i where id = ${id}`;
      const before = await facts();
      await goTo("Globex");
      const answer = await browser.post(row, form);
      expect([answer.status, headingOf(answer.html)]).toEqual([409, "This form is for Acme"]);
      expect(textOf(answer.html)).toContain("You are in Globex now, so nothing was sent.");
      expect(textOf(answer.html)).not.toContain("You had typed");
      expect(await facts()).toEqual(before);
      const back = await browser.post(row, formThatSays(answer.html, "Switch to Acme"));
      expect(new URL(back.url).pathname + new URL(back.url).search).toBe(row);
      await browser.post(row, form);
      expect(await facts()).not.toEqual(before);
    },
  );
});
