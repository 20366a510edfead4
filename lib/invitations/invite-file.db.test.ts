import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import { renameGroup } from "@/lib/groups/commands";
import { testDatabase } from "@/lib/testing/database";
import { freshEmail, granted, makeGroup, makeMemberWith, makeOwner, must, refusalOf } from "@/lib/testing/people";
import { inviteFile } from "./invite-file";

testDatabase();
let owner: Actor;
beforeAll(async () => {
  owner = await makeOwner();
});
const form = (csv: string) => ({ key: randomUUID(), csv, message: "", lifetimeDays: 7 });
const send = (file: ReturnType<typeof form>, actor = owner) => inviteFile(granted(actor, "access.create"), file);
const groupsOf = async (email: string) => {
  const rows = await db().execute<{ name: string }>(sql`
    select g.name from invitations i join invitation_groups ig on ig.invitation_id = i.id join groups g on g.id = ig.group_id
    where i.email = ${email} order by g.name`);
  return rows.map(({ name }) => name);
};
const invitesTo = async (email: string) => {
  const [row] = await db().execute<{ n: number }>(
    sql`select count(*)::int as n from invitations where email = ${email}`,
  );
  return row?.n;
};

test("each person of a file is invited into the groups of their row", async () => {
  await makeGroup(owner, [], "Sales");
  await makeGroup(owner, [], "Legal");
  const [ada, bob] = [freshEmail("ada"), freshEmail("bob")];
  const outcomes = must(await send(form(`email,groups\n${ada},sales|LEGAL\n${bob},\nnonsense,\n${ada},`)));
  expect(outcomes.map(({ kind }) => kind)).toEqual(["invited", "invited", "not-an-address", "listed-twice"]);
  expect(await Promise.all([ada, bob].map(groupsOf))).toEqual([["Legal", "Sales"], []]);
});

test("the same file posted again answers the same, also when its group is called otherwise by then", async () => {
  const group = await makeGroup(owner, [], "Analysts");
  const ada = freshEmail("ada");
  const file = form(`email,groups\n${ada},Analysts`);
  const outcomes = must(await send(file));
  must(await renameGroup(granted(owner, "groups.edit"), group, { name: "Data Analysts", description: "" }));
  expect(must(await send(file))).toEqual(outcomes);
  expect(await invitesTo(ada)).toBe(1);
  // Another file under the key of that form is another one.
  expect(await send({ ...file, csv: `email,groups\n${freshEmail()},Analysts` })).toMatchObject({
    refusal: { code: "invalid", errors: { csv: expect.stringContaining("There is no group called “Analysts”.") } },
  });
});

test("nothing is sent when one row names a group that isn't there, or that the sender may not hand out", async () => {
  await makeGroup(owner, ["access.delete"], "Powerful");
  const manager = await makeMemberWith(owner, ["access.create", "groups.edit"]);
  const ada = freshEmail("ada");
  for (const [actor, group, words] of [
    [owner, "Nowhere", "There is no group called “Nowhere”."],
    [manager, "Powerful", "Powerful allows more than you may do yourself"],
  ] as const) {
    const file = form(`email,groups\n${ada},\n${freshEmail()},${group}`);
    expect(await send(file, actor)).toMatchObject({ refusal: { errors: { csv: expect.stringContaining(words) } } });
  }
  expect(await invitesTo(ada)).toBe(0);
});

test("it takes the right to invite when it is sent, not only when it was looked at", async () => {
  const inviter = await makeMemberWith(owner, ["access.create"]);
  const right = granted(inviter, "access.create");
  await db().execute(sql`delete from group_members where user_id = ${inviter.userId}`);
  expect(await refusalOf(inviteFile(right, form(`email\n${freshEmail()}`)))).toBe("forbidden");
});
