import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import { testDatabase } from "@/lib/testing/database";
import {
  freshEmail,
  granted,
  inviteInput,
  inviteOne,
  makeGroup,
  makeMemberWith,
  makeOwner,
  must,
} from "@/lib/testing/people";
import { readCsv } from "./csv";
import { invite } from "./invite";
import { judge } from "./preview";

testDatabase();
let owner: Actor;
beforeAll(async () => {
  owner = await makeOwner();
});
const look = async (actor: Actor, lines: string) =>
  must(await judge(granted(actor, "access.create"), must(readCsv(`email,name,groups\n${lines}`))));
const groupsOf = async (email: string) => {
  const rows = await db().execute<{ name: string }>(sql`
    select g.name from invitations i join invitation_groups ig on ig.invitation_id = i.id join groups g on g.id = ig.group_id
    where i.email = ${email} order by g.name`);
  return rows.map(({ name }) => name);
};

test("a look at a file says what would become of each row, and writes nothing", async () => {
  const [fresh, open] = [freshEmail(), freshEmail()];
  await inviteOne(owner, open);
  const judged = await look(owner, `${fresh},,\n${open},,\nnonsense,,\n${fresh},,\n=x@x.org,,`);
  expect(judged.map(({ outcome, problem }) => problem ?? outcome?.kind ?? "goes out")).toEqual([
    "goes out",
    "already-invited",
    "not-an-address",
    "listed-twice",
    expect.stringContaining("formula"),
  ]);
  const [row] = await db().execute<{ n: number }>(
    sql`select count(*)::int as n from invitations where email = ${fresh}`,
  );
  expect(row?.n).toBe(0);
});

test("an address as long as one can be goes out, as it does when it is typed", async () => {
  const long = `${"a".repeat(64)}@${`${"b".repeat(60)}.`.repeat(3)}example.org`;
  const [judged] = await look(owner, `${long},,`);
  expect(judged).toMatchObject({ email: long, problem: null, outcome: null });
});

test("a look waits for nobody who is changing the organization", async () => {
  const group = await makeGroup(owner, ["access.read"], "Lookers");
  await db().transaction(async (tx) => {
    await tx.execute(sql`select from organizations where id = ${owner.organizationId} for update`);
    const [row] = await look(owner, `${freshEmail()},,Lookers`);
    expect(row).toMatchObject({ groupIds: [group], problem: null, outcome: null });
  });
});

test("groups are known by their names, and each row gets its own", async () => {
  const sales = await makeGroup(owner, [], "Sales");
  const legal = await makeGroup(owner, [], "Legal");
  const [ada, bob, cy] = [freshEmail(), freshEmail(), freshEmail()];
  const judged = await look(owner, `${ada},,sales|Legal|SALES\n${bob},,Legal\n${cy},,\n${freshEmail()},,Nowhere`);
  expect(judged.map(({ groupIds }) => new Set(groupIds))).toEqual([
    new Set([sales, legal]),
    new Set([legal]),
    new Set(),
    new Set(),
  ]);
  expect(judged.at(-1)?.problem).toBe("There is no group called “Nowhere”.");
  const sound = judged.slice(0, 3);
  const input = { ...inviteInput([ada, bob, cy].join()), groupsOf: sound.map(({ groupIds }) => groupIds) };
  must(await invite(granted(owner, "access.create"), input));
  expect(await Promise.all([ada, bob, cy].map(groupsOf))).toEqual([["Legal", "Sales"], ["Legal"], []]);
});

test("whoever may not hand a group out is told at its row, and can't send it past the preview either", async () => {
  const powerful = await makeGroup(owner, ["access.delete"], "Powerful");
  await makeGroup(await makeOwner("Globex"), [], "Theirs");
  const inviter = await makeMemberWith(owner, ["access.create"]);
  const manager = await makeMemberWith(owner, ["access.create", "groups.edit"]);
  const email = freshEmail();
  const problem = async (actor: Actor, group: string) => (await look(actor, `${email},,${group}`))[0]?.problem;
  expect(await problem(inviter, "Powerful")).toContain("You need Manage group and policies (Edit)");
  expect(await problem(manager, "Powerful")).toContain("Powerful allows more than you may do yourself");
  expect(await problem(manager, "Owners")).toContain("Owners allows more");
  expect(await problem(owner, "Theirs")).toBe("There is no group called “Theirs”.");
  const past = { ...inviteInput(email), groupsOf: [[powerful]] };
  expect(await invite(granted(manager, "access.create"), past)).toMatchObject({
    ok: false,
    refusal: { code: "beyond-own-rights" },
  });
  expect(await invite(granted(inviter, "access.create"), past)).toMatchObject({
    ok: false,
    refusal: { code: "forbidden" },
  });
});

test("10,000 people of a file are looked at and invited", async () => {
  const lines = Array.from({ length: 10_000 }, () => `${freshEmail("many")},,`).join("\n");
  const judged = await look(owner, lines);
  expect(judged.filter(({ outcome, problem }) => !outcome && !problem)).toHaveLength(10_000);
  const input = { ...inviteInput(freshEmail()), addresses: judged.map(({ email }) => email) };
  const outcomes = must(await invite(granted(owner, "access.create"), input));
  expect(outcomes.filter(({ kind }) => kind === "invited")).toHaveLength(10_000);
});
