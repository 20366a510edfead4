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
  makeMember,
  makeMemberWith,
  makeOwner,
  must,
  promote,
} from "@/lib/testing/people";
import { invite } from "./invite";
import type { Outcome } from "./outcomes";

testDatabase();
let owner: Actor;
beforeAll(async () => {
  owner = await makeOwner();
});

const send = (actor: Actor, addresses: string) => invite(granted(actor, "access.create"), inviteInput(addresses));
const kinds = (outcomes: Outcome[]) => outcomes.map(({ typed, kind }) => [typed, kind]);
const count = async (table: "invitations" | "outbox", email: string): Promise<number> => {
  const column = table === "outbox" ? sql`to_email` : sql`email`;
  const [row] = await db().execute<{ n: number }>(
    sql`select count(*)::int as n from ${sql.identifier(table)} where ${column} = ${email}`,
  );
  return row?.n ?? 0;
};

test("every address gets its own outcome, in the order they were typed", async () => {
  const member = await makeMember(owner);
  const [fresh, open] = [freshEmail(), freshEmail()];
  await inviteOne(owner, open);
  const outcomes = must(await send(owner, `${open}, nonsense, ${fresh}, ${member.email}, ${fresh.toUpperCase()}`));
  expect(kinds(outcomes)).toEqual([
    [open, "already-invited"],
    ["nonsense", "not-an-address"],
    [fresh, "invited"],
    [member.email, "already-member"],
    [fresh.toUpperCase(), "listed-twice"],
  ]);
});

test("an invitation and its mail are written together, one mail for one sending", async () => {
  const email = freshEmail();
  must(await send(owner, email));
  expect([await count("invitations", email), await count("outbox", email)]).toEqual([1, 1]);
});

test("the same form posted twice at the same moment invites once and answers the same twice", async () => {
  const email = freshEmail();
  const input = inviteInput(`${email} broken`);
  const [first, second] = await Promise.all([
    invite(granted(owner, "access.create"), input),
    invite(granted(owner, "access.create"), input),
  ]);
  expect(must(first)).toEqual(must(second));
  expect(kinds(must(first))).toEqual([
    [email, "invited"],
    ["broken", "not-an-address"],
  ]);
  expect([await count("invitations", email), await count("outbox", email)]).toEqual([1, 1]);
});

test("a form that a person went back to and filled in anew is another form, although its key is the same", async () => {
  const [first, second] = [freshEmail(), freshEmail()];
  const input = inviteInput(first);
  must(await invite(granted(owner, "access.create"), input));
  const again = must(await invite(granted(owner, "access.create"), { ...input, addresses: [second] }));
  expect(kinds(again)).toEqual([[second, "invited"]]);
});

test("two people who invite one address at the same moment make one invitation, and both are told the truth", async () => {
  const other = await makeMember(owner);
  await promote(owner, other.userId);
  const colleague = await makeMemberWith(owner, ["access.create"]);
  for (let round = 0; round < 10; round++) {
    const email = freshEmail();
    const answers = await Promise.all([send(owner, email), send(colleague, email)]);
    expect(answers.map((answer) => must(answer)[0]?.kind).toSorted()).toEqual(["already-invited", "invited"]);
    expect([await count("invitations", email), await count("outbox", email)]).toEqual([1, 1]);
  }
});

test("the database itself refuses a second open invitation, whatever its case", async () => {
  const email = freshEmail();
  const id = await inviteOne(owner, email);
  const copy = (address: string) =>
    db().execute(sql`
      insert into invitations (organization_id, email, invited_by_id, sponsor_id, expires_at, link_only)
      select organization_id, ${address}, invited_by_id, sponsor_id, expires_at, link_only from invitations where id = ${id}`);
  await expect(copy(email)).rejects.toMatchObject({ cause: { constraint_name: "invitations_one_open_key" } });
  await expect(copy(email.toUpperCase())).rejects.toMatchObject({
    cause: { constraint_name: "invitations_email_lower_case" },
  });
});

test("an expired invitation goes out again as itself", async () => {
  const email = freshEmail();
  const id = await inviteOne(owner, email);
  await db().execute(sql`
    update invitations set created_at = created_at - interval '8 days', last_sent_at = last_sent_at - interval '8 days',
      expires_at = expires_at - interval '8 days' where id = ${id}`);
  const [outcome] = must(await send(owner, email));
  expect(outcome).toMatchObject({ kind: "invited-again", invitationId: id });
  expect([await count("invitations", email), await count("outbox", email)]).toEqual([1, 2]);
});

test("a mail that never left before its invitation was renewed is not sent beside the new one", async () => {
  const email = freshEmail();
  const id = await inviteOne(owner, email);
  await db().execute(sql`
    update invitations set created_at = created_at - interval '8 days', last_sent_at = last_sent_at - interval '8 days',
      expires_at = expires_at - interval '8 days' where id = ${id}`);
  must(await send(owner, email));
  const mails = await db().execute<{ send: number; state: string }>(
    sql`select send, state from outbox where invitation_id = ${id} order by send`,
  );
  expect([...mails]).toEqual([
    { send: 1, state: "cancelled" },
    { send: 2, state: "queued" },
  ]);
});

test("an inactive member is not invited, and stays inactive", async () => {
  const member = await makeMember(owner);
  await db().execute(sql`update memberships set deactivated_at = now() where user_id = ${member.userId}`);
  expect(kinds(must(await send(owner, member.email)))).toEqual([[member.email, "inactive"]]);
  expect(await count("invitations", member.email)).toBe(1);
});

test("whoever lost the right while the form was open is refused, and nothing is written", async () => {
  const colleague = await makeMemberWith(owner, ["access.create"]);
  const email = freshEmail();
  await db().execute(sql`delete from group_members where user_id = ${colleague.userId}`);
  const answer = await send(colleague, email);
  expect(answer).toEqual({ ok: false, refusal: { code: "forbidden", missing: "access.create" } });
  expect(await count("invitations", email)).toBe(0);
});

test("200 addresses are invited by the same statements as one", async () => {
  const emails = Array.from({ length: 200 }, () => freshEmail("many"));
  const outcomes = must(await send(owner, emails.join("\n")));
  expect(outcomes.every(({ kind }) => kind === "invited")).toBe(true);
});

test("an invitation without its mail can't be committed", async () => {
  const id = await inviteOne(owner, freshEmail());
  const resent = db().execute(sql`update invitations set sends = sends + 1 where id = ${id}`);
  await expect(resent).rejects.toMatchObject({ cause: { constraint_name: "invitations_have_their_mail" } });
});
