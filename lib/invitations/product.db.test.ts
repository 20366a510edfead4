import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databaseOf, dataFolder, type Server, startServer } from "@/lib/testing/server";
import { formsOf, formWith, headingOf, type ServedForm, textOf, Visitor } from "@/lib/testing/visitor";

// The product as operators run it: real processes, killed for real, two of them on one database.
const data = dataFolder();
const env = { DATA_DIR: data.folder, SIGNUP_MODE: "open", INVITES_PER_DAY: "10000" };
const sql = databaseOf(data.folder);
const servers: Server[] = [];
let owner: Visitor;

const start = async (more: Record<string, string> = {}) => {
  const server = await startServer({ ...env, ...more });
  servers.push(server);
  return server;
};
const number = async (query: Promise<readonly { n?: number }[]>): Promise<number> => (await query)[0]?.n ?? 0;
const membersWith = (email: string) =>
  number(sql<{ n: number }[]>`select count(*)::int as n from memberships where email = ${email}`);
const mailsTo = (email: string) =>
  number(sql<{ n: number }[]>`select count(*)::int as n from outbox where to_email = ${email}`);

beforeAll(async () => {
  const server = await start();
  owner = new Visitor(server.url);
  await owner.signUp("Acme", "olive@example.org");
}, 120_000);
afterAll(async () => {
  await sql.end();
  for (const server of servers) await server.stop();
  data.forget();
});

test("whoever guesses at links is stopped at the thirty-first within a minute; a genuine link is answered all the same", async () => {
  await owner.invite("genuine@example.org");
  const path = await owner.joinPath("genuine@example.org");
  const guesser = new Visitor(owner.base);
  for (let guess = 1; guess <= 30; guess++) {
    const bent = path.slice(0, -3) + String(guess).padStart(3, "0");
    expect((await guesser.get(guess % 2 ? bent : `/block/${guess}`)).status, `guess ${guess}`).toBe(404);
  }
  const stopped = await guesser.get(`${path.slice(0, -3)}031`);
  expect(stopped.status).toBe(429);
  expect(Number(stopped.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(textOf(stopped.html)).toMatch(/in \d+ seconds?|in 1 minute/);
  const genuine = await guesser.get(path);
  expect([genuine.status, headingOf(genuine.html)]).toEqual([200, "Join Acme"]);
});

describe("a mail scanner", () => {
  test.each(["GET", "HEAD"] as const)("that opens every link by %s changes nothing", async (method) => {
    const email = `scanned-${method.toLowerCase()}@example.org`;
    await owner.invite(email);
    const path = await owner.joinPath(email);
    const [before] =
      await sql`select i.*, (select count(*) from audit_events) as events from invitations i where email = ${email}`;
    const scanner = new Visitor(owner.base);
    for (let opened = 0; opened < 5; opened++) expect((await scanner.get(path, method)).status).toBe(200);
    const [after] =
      await sql`select i.*, (select count(*) from audit_events) as events from invitations i where email = ${email}`;
    expect(after).toEqual(before);
  });

  test("that submits every form as it was served accepts nothing and declines nothing", async () => {
    await owner.invite("submitted@example.org");
    const path = await owner.joinPath("submitted@example.org");
    const scanner = new Visitor(owner.base);
    const forms = formsOf((await scanner.get(path)).html);
    expect(forms.length).toBeGreaterThan(0);
    for (const form of forms) expect((await scanner.post(path, form)).status).toBe(422);
    expect(await membersWith("submitted@example.org")).toBe(0);
    const [row] =
      await sql`select accepted_at, declined_at, revoked_at from invitations where email = 'submitted@example.org'`;
    expect(row).toEqual({ accepted_at: null, declined_at: null, revoked_at: null });
  });
});

describe("a join form that speaks of another invitation than its page", () => {
  test("is about the one in the form", async () => {
    await owner.invite("tab-one@example.org, tab-two@example.org");
    const [one, two] = [await owner.joinPath("tab-one@example.org"), await owner.joinPath("tab-two@example.org")];
    const visitor = new Visitor(owner.base);
    const form = formWith((await visitor.get(one)).html, "token");
    await visitor.get(two);
    await visitor.post(two, form, { name: "Tab One", password: "four quiet garden gates" });
    expect(await membersWith("tab-one@example.org")).toBe(1);
    expect(await membersWith("tab-two@example.org")).toBe(0);
  });

  test("can't be aimed at another address by adding one", async () => {
    await owner.invite("invited@example.org");
    const path = await owner.joinPath("invited@example.org");
    const visitor = new Visitor(owner.base);
    const form = formWith((await visitor.get(path)).html, "token");
    await visitor.post(path, form, {
      name: "Mallory",
      password: "four quiet garden gates",
      email: "mallory@example.org",
    });
    expect(await membersWith("mallory@example.org")).toBe(0);
    expect(await membersWith("invited@example.org")).toBe(1);
  });
});

test("a join form that was kept open accepts nothing once the browser is signed in as somebody else, and the try is on record", async () => {
  await owner.invite("kept@example.org");
  const path = await owner.joinPath("kept@example.org");
  const visitor = new Visitor(owner.base);
  const form = formWith((await visitor.get(path)).html, "token");
  await visitor.signUp("Other", "other@example.org");
  const answer = await visitor.post(path, form, { name: "Kept Open", password: "four quiet garden gates" });
  expect(textOf(answer.html)).toContain("This invite is for k•••@example.org");
  expect(await membersWith("kept@example.org")).toBe(0);
  const tries = sql<
    { n: number }[]
  >`select count(*)::int as n from audit_events where action = 'invitation.refused_to_other'`;
  expect(await number(tries)).toBe(1);
});

test("a form sent without script after the session ended says so, and gives back what was typed", async () => {
  const visitor = new Visitor(owner.base);
  for (const [name, value] of owner.cookies) visitor.cookies.set(name, value);
  const form = await visitor.inviteForm();
  visitor.cookies.clear();
  const answer = await visitor.post("/account/users/invite", form, {
    addresses: "lost@example.org, found@example.org",
  });
  expect(answer.status).toBe(403);
  expect(textOf(answer.html)).toContain("You are signed out");
  expect(textOf(answer.html)).toContain("lost@example.org, found@example.org");
});

test("twenty presses on two servers at once make one membership, and everyone who typed the password arrives", async () => {
  const second = await start();
  await owner.invite("twenty@example.org");
  const path = await owner.joinPath("twenty@example.org");
  const visitors = Array.from({ length: 20 }, (_, index) => new Visitor(index % 2 ? second.url : owner.base));
  const forms = await Promise.all(visitors.map(async (visitor) => formWith((await visitor.get(path)).html, "token")));
  const fill = { name: "Twenty Times", password: "four quiet garden gates" };
  const landed = await Promise.all(
    visitors.map((visitor, index) => visitor.post(path, forms[index] as ServedForm, fill)),
  );
  for (const answer of landed) expect(textOf(answer.html)).toContain("No access yet");
  expect(await membersWith("twenty@example.org")).toBe(1);
  const events = sql<{ n: number }[]>`
    select count(*)::int as n from audit_events e join invitations i on i.id = e.target_id
    where i.email = 'twenty@example.org' and e.action = 'invitation.accepted'`;
  expect(await number(events)).toBe(1);
});

test("killed between commit and answer: the invitation and its mail are there, and the retry finds them without a second mail", async () => {
  const address = "crash@example.org";
  for (let round = 0; round < 10; round++) {
    const doomed = await start();
    const visitor = new Visitor(doomed.url);
    for (const [name, value] of owner.cookies) visitor.cookies.set(name, value);
    const addresses = Array.from({ length: 50 }, (_, index) => `${round}-${index}-${address}`).join("\n");
    const form = await visitor.inviteForm();
    const answered = visitor.post("/account/users/invite", form, { addresses }).then(
      () => true,
      () => false,
    );
    const watched = `${round}-49-${address}`;
    while ((await mailsTo(watched)) === 0) await new Promise(setImmediate);
    await doomed.kill();
    if (await answered) continue; // the answer was faster than the kill: once more

    expect(await mailsTo(watched)).toBe(1);
    const again = await owner.post("/account/users/invite", form, { addresses });
    expect(textOf(again.html)).toContain("50 invites sent");
    expect(await mailsTo(watched)).toBe(1);
    expect(
      await number(sql`select count(*)::int as n from invitations where email like ${`${round}-%-${address}`}`),
    ).toBe(50);
    return;
  }
  expect.fail("In ten rounds the answer always came before the kill");
}, 120_000);

test("killed before the commit: neither the invitation nor its mail is there", async () => {
  const doomed = await start();
  const visitor = new Visitor(doomed.url);
  for (const [name, value] of owner.cookies) visitor.cookies.set(name, value);
  const form = await visitor.inviteForm();
  await sql.begin(async (tx) => {
    // The change waits for this lock, so it can't have committed when its process dies.
    await tx`select from organizations where name = 'Acme' for update`;
    const answered = visitor.post("/account/users/invite", form, { addresses: "never@example.org" }).catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await doomed.kill();
    expect(await answered).toBeNull();
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await number(sql`select count(*)::int as n from invitations where email = 'never@example.org'`)).toBe(0);
  expect(await mailsTo("never@example.org")).toBe(0);
});

test("a join link stands in its mail and nowhere else: not in the database, a list, a log or another page", async () => {
  await owner.invite("secretive@example.org");
  const token = (await owner.joinPath("secretive@example.org")).split("/").at(-1) ?? "";
  const tables = await sql<
    { name: string }[]
  >`select table_name as name from information_schema.tables where table_schema = 'public'`;
  for (const { name } of tables) {
    const [row] = await sql`select string_agg(t::text, ' ') as all from ${sql(name)} t`;
    expect(row?.all ?? "", name).not.toContain(token);
  }
  for (const page of ["/account/users", "/account/users/invite", "/account/profile", "/sources"]) {
    expect((await owner.get(page)).html).not.toContain(token);
  }
  expect(servers.map((server) => server.printed()).join("")).not.toContain(token);
});

test("the stop after all this leaves no process behind", async () => {
  const server = await start();
  expect(await server.stop()).toBe(143); // 128 + SIGTERM, as shells count
  expect(() => process.kill(server.pid, 0)).toThrow();
});
