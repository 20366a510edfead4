import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, db, openDatabase } from "@/db/client";
import type { InvitationId, SessionId } from "@/db/schema/ids";
import { type Actor, readViewer } from "@/lib/access/actor";
import { must } from "@/lib/testing/people";
import { databaseOf, dataFolder, type Server, startServer } from "@/lib/testing/server";
import { formsOf, formWith, type ServedForm, textOf, Visitor } from "@/lib/testing/visitor";
import { granted } from "../testing/people";
import { decline } from "./decline";
import { revoke } from "./revoke";
import { tokenFor } from "./token";

// Two real servers on one database, and this process beside them as a third that knows the same secret.
const data = dataFolder();
const secret = process.env.AUTH_SECRET ?? "";
const env = { DATA_DIR: data.folder, SIGNUP_MODE: "open", INVITES_PER_DAY: "10000", AUTH_SECRET: secret };
const sql = databaseOf(data.folder, 4);
const servers: Server[] = [];
let owner: Visitor;
let olive: Actor;

beforeAll(async () => {
  for (let start = 0; start < 2; start++) servers.push(await startServer(env));
  owner = new Visitor(servers[0]?.url ?? "");
  await owner.signUp("Acme", "olive@example.org");
  openDatabase({ host: `${data.folder}/postgres`, user: "gatehouse", database: "postgres" });
  const [session] = await sql<{ id: SessionId }[]>`select id from sessions`;
  const actor = session && (await readViewer(db(), session.id))?.actor;
  if (!actor) throw new Error("Olive isn't signed in");
  olive = actor;
}, 120_000);
afterAll(async () => {
  await closeDatabase();
  await sql.end();
  for (const server of servers) await server.stop();
  data.forget();
});

const visitor = (server = 0) => new Visitor(servers[server]?.url ?? "");
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
const headingOf = (html: string) => textOf(/<h1\b[^>]*>.*?<\/h1>/s.exec(html)?.[0] ?? "").trim();
const join = async (path: string, by = visitor()) => by.post(path, formWith((await by.get(path)).html, "name"), typed);
const revokeNow = (id: InvitationId) => revoke(granted(olive, "access.delete"), id);
const expire = (id: InvitationId) =>
  sql`update invitations set last_sent_at = last_sent_at - interval '8 days', expires_at = expires_at - interval '8 days' where id = ${id}`;

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
  damaged: async () => ({ path: "/join/this-is-not-a-link", heading: "We can't find this invite" }),
};

describe("a mail scanner that opens the link and submits every form as it was served", () => {
  const everything = async () => ({
    invitations: await sql`select * from invitations order by id`,
    memberships: await sql`select organization_id, user_id, deactivated_at from memberships order by 1, 2`,
    users: await sql`select id, name, email_verified_at from users order by id`,
    events: await sql`select count(*) from audit_events where organization_id is not null`,
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
  const declining = formsOf((await browser.get(one.path)).html).find(
    ({ fields }) => !("name" in fields) && "token" in fields,
  );
  const joining = formWith((await browser.get(two.path)).html, "name");
  const declined = await browser.post(two.path, declining as ServedForm, { decline: "yes" });
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

describe("fifty races on two servers and this process", () => {
  const rounds = 50;
  /** Fifty pages with the form open, on one server and the other by turns. */
  const opened = async (name: string) => {
    const emails = Array.from({ length: rounds }, (_, round) => `${name}-${round}@example.org`);
    await owner.invite(emails.join("\n"));
    return emails.map((email, round) => ({ email, by: visitor(round % 2) }));
  };
  const endOf = async (email: string) => {
    const [row] = await sql<{ accepted: boolean; revoked: boolean; members: number; users: number }[]>`
      select accepted_at is not null as accepted, revoked_at is not null as revoked,
        (select count(*)::int from memberships where email = ${email}) as members,
        (select count(*)::int from users where email = ${email}) as users
      from invitations where email = ${email}`;
    return row;
  };

  // The other side starts so much later than the press; each round moves it towards the edge where either may win.
  const race = async (name: string, against: (id: InvitationId, delay: number) => Promise<unknown>) => {
    let delay = 150;
    let wins = 0;
    for (const { email, by } of await opened(name)) {
      const id = await idOf(email);
      const path = pathOf(id);
      const form = formWith((await by.get(path)).html, "name");
      const [answer, other] = await Promise.all([by.post(path, form, typed), against(id, delay)]);
      const end = await endOf(email);
      const joined = textOf(answer.html).includes("No access yet");
      expect({ email, joined, end, heading: joined ? "" : headingOf(answer.html), other }).toMatchObject(
        joined
          ? { end: { accepted: true, revoked: false, members: 1, users: 1 } }
          : { end: { accepted: false, members: 0, users: 0 } },
      );
      await check[name]?.(joined, other, headingOf(answer.html), end);
      if (joined) wins++;
      delay = Math.max(1, delay * (joined ? 0.9 : 1.1));
    }
    expect(wins).toBeGreaterThan(0);
    expect(wins).toBeLessThan(rounds);
  };
  type Check = (joined: boolean, other: unknown, heading: string, end: Awaited<ReturnType<typeof endOf>>) => void;
  const check: Record<string, Check> = {
    revoked: (joined, other, heading, end) => {
      expect(other).toMatchObject({ ok: !joined });
      expect(end?.revoked).toBe(!joined);
      if (!joined) expect(heading).toBe("This invite is no longer available");
    },
    expiring: (joined, _other, heading) => {
      if (!joined) expect(heading).toBe("This invite has expired");
    },
  };

  test("revoking against accepting: one wins, and both are told the truth", async () => {
    await race("revoked", async (id, delay) => {
      await sleep(delay);
      return revokeNow(id);
    });
  }, 120_000);

  test("expiry against accepting: by the database's clock, and what is said is what is", async () => {
    await race(
      "expiring",
      (id, delay) =>
        sql`update invitations set expires_at = clock_timestamp() + make_interval(secs => ${delay / 1000}) where id = ${id}`,
    );
    const late = await sql`select from invitations where accepted_at >= expires_at`;
    expect(late).toHaveLength(0);
  }, 120_000);
});
