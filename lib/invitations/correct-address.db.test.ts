import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { deactivate } from "@/lib/members/deactivate";
import { testDatabase } from "@/lib/testing/database";
import {
  age,
  freshEmail,
  granted,
  inviteInput,
  inviteOne,
  makeGroup,
  makeMember,
  makeMemberWith,
  makeOwner,
  must,
  passwordHash,
  refusalOf,
} from "@/lib/testing/people";
import { accept } from "./accept";
import { correctAddress } from "./correct-address";
import { invite } from "./invite";
import { readOffer } from "./queries";
import { revoke } from "./revoke";

testDatabase();
let owner: Actor;
beforeAll(async () => {
  owner = await makeOwner();
});

const correct = (id: InvitationId, to: string, by = owner, asked?: string) =>
  correctAddress(granted(by, "access.create"), id, to, asked);
const byMail = (id: InvitationId) => ({ id, channel: "email" as const });
const newcomer = { name: "Nora New", passwordHash };

type Kept = {
  email: string;
  message: string;
  lifetime_days: number;
  groups: string[];
  author: string;
  sponsor: string;
};
const read = async (id: InvitationId): Promise<Kept | undefined> => {
  const [row] = await db().execute<Kept>(sql`
    select email, message, lifetime_days, message_by_id as author, sponsor_id as sponsor,
      array(select group_id from invitation_groups where invitation_id = i.id) as groups
    from invitations i where id = ${id}`);
  return row;
};
const mailsTo = (email: string) =>
  db().execute<{ state: string; payload: { author?: string } }>(
    sql`select state, payload from outbox where to_email = ${email} and kind = 'invitation' order by created_at`,
  );
const eventsOf = (id: InvitationId) =>
  db().execute<{ action: string; after: object | null }>(
    sql`select action, after from audit_events where target_id = ${id} order by sequence`,
  );
const stateOf = async (id: InvitationId) => (await readOffer(id))?.state;
const invitationsTo = async (email: string) =>
  (await db().execute(sql`select from invitations where email = ${email}`)).length;

test("what looks like a slip is asked about once, and is taken as typed when it is meant", async () => {
  const [slip, other] = ["ada@gmial.com", "bob@gmial.com"];
  const id = await inviteOne(owner, freshEmail("wrong"));
  const question = { email: expect.stringMatching(/^Did you mean ada@gmail\.com\? If ada@gmial\.com is/) };
  for (const asked of [undefined, other])
    expect(await correct(id, slip, owner, asked)).toEqual({
      ok: false,
      refusal: { code: "invalid", errors: question },
    });
  expect(await invitationsTo(slip)).toBe(0);
  expect(await stateOf(id)).toBe("pending");
  must(await correct(id, slip, owner, slip));
  expect(await invitationsTo(slip)).toBe(1);
});

test("the wrong invite ends and the right address gets the same one, its message still its author's", async () => {
  const author = await makeMemberWith(owner, ["access.create", "groups.edit"]);
  const group = await makeGroup(owner, ["groups.edit"]);
  const [wrong, right] = [freshEmail("wrong"), freshEmail("right")];
  const terms = { message: "See you on Monday.", lifetimeDays: 14, groups: [group] };
  must(await invite(granted(author, "access.create"), inviteInput(wrong, terms)));
  const [row] = await db().execute<{ id: InvitationId }>(sql`select id from invitations where email = ${wrong}`);
  if (!row) throw new Error("Nobody was invited");

  const id = must(await correct(row.id, ` ${right.toUpperCase()} `));
  expect(await stateOf(row.id)).toBe("revoked");
  expect(await stateOf(id)).toBe("pending");
  expect(await read(id)).toEqual({
    ...{ email: right, message: "See you on Monday.", lifetime_days: 14, groups: [group] },
    ...{ author: author.userId, sponsor: owner.userId },
  });
  expect((await mailsTo(wrong)).map(({ state }) => state)).toEqual(["cancelled"]);
  expect(await mailsTo(right)).toMatchObject([{ state: "queued", payload: { author: author.name } }]);
  expect((await eventsOf(row.id)).at(-1)).toMatchObject({ action: "invitation.revoked", after: { replacedBy: id } });
  expect(await eventsOf(id)).toMatchObject([{ action: "invitation.created", after: { replaces: row.id } }]);
  expect(await refusalOf(accept(byMail(row.id), newcomer))).toBe("no-longer-open");
  must(await accept(byMail(id), newcomer));
});

test("the same form sent again, also at once, changes nothing and answers the same", async () => {
  const [id, right] = [await inviteOne(owner, freshEmail()), freshEmail()];
  const answers = await Promise.all([correct(id, right), correct(id, right), correct(id, right)]);
  expect(new Set(answers.map(must)).size).toBe(1);
  expect(must(await correct(id, right))).toBe(must(answers[0] ?? { ok: false, refusal: { code: "busy" } }));
  expect(await invitationsTo(right)).toBe(1);
  expect((await eventsOf(id)).map(({ action }) => action)).toEqual(["invitation.created", "invitation.revoked"]);
  expect(await refusalOf(correct(id, freshEmail()))).toBe("no-longer-open");
});

test("an invite that has expired is corrected too", async () => {
  const [wrong, right] = [await inviteOne(owner, freshEmail()), freshEmail()];
  await age(wrong, "8 days");
  const id = must(await correct(wrong, right));
  expect([await stateOf(wrong), await stateOf(id)]).toEqual(["revoked", "pending"]);
});

test("an expired invite of the right address keeps the groups that somebody else chose for it", async () => {
  const [wrong, right] = [await inviteOne(owner, freshEmail()), freshEmail()];
  const theirs = await inviteOne(owner, right, [await makeGroup(owner, ["audit.read"])]);
  await age(theirs, "8 days");
  const before = await read(theirs);
  const lesser = await makeMemberWith(owner, ["access.create", "access.delete"]);
  expect(await correct(wrong, right, lesser)).toMatchObject({
    refusal: { errors: { email: "This address has an expired invite already. Revoke this one instead." } },
  });
  expect(await read(theirs)).toEqual(before);
  expect([await stateOf(wrong), await stateOf(theirs)]).toEqual(["pending", "expired"]);
});

describe("nothing is changed, and the sentence stands at the address, when it", () => {
  const cases: [string, (wrong: string) => Promise<string>, string][] = [
    ["is none", async () => "ada at home", "This is not an email address."],
    ["is two", async () => "a@example.org, b@example.org", "This is not an email address."],
    ["is the one it went to", async (wrong) => wrong.toUpperCase(), "This is the address it went to."],
    ["is a member's", async () => (await makeMember(owner)).email, "is a member already"],
    [
      "is that of somebody deactivated",
      async () => {
        const { userId, email } = await makeMember(owner);
        must(await deactivate(granted(owner, "access.edit"), userId));
        return email;
      },
      "was deactivated in your organization",
    ],
    [
      "is invited already",
      async () => {
        const email = freshEmail();
        await inviteOne(owner, email);
        return email;
      },
      "has an open invite already",
    ],
    [
      "has an expired invite",
      async () => {
        const email = freshEmail();
        await age(await inviteOne(owner, email), "8 days");
        return email;
      },
      "has an expired invite already",
    ],
  ];
  test.each(cases)("%s", async (_, typed, sentence) => {
    const wrong = freshEmail("wrong");
    const id = await inviteOne(owner, wrong);
    const answer = await correct(id, await typed(wrong));
    expect(answer).toMatchObject({ ok: false, refusal: { code: "invalid" } });
    expect(JSON.stringify(answer)).toContain(sentence);
    expect(await stateOf(id)).toBe("pending");
    expect((await mailsTo(wrong)).map(({ state }) => state)).toEqual(["queued"]);
  });
});

test("it takes the right to invite and to revoke, and rights that reach those of its groups", async () => {
  const id = await inviteOne(owner, freshEmail(), [await makeGroup(owner, ["audit.read"])]);
  const inviter = await makeMemberWith(owner, ["access.create", "groups.edit", "audit.read"]);
  expect(await correct(id, freshEmail(), inviter)).toEqual({
    ok: false,
    refusal: { code: "forbidden", missing: "access.delete" },
  });
  const lesser = await makeMemberWith(owner, ["access.create", "access.delete", "groups.edit"]);
  expect(await refusalOf(correct(id, freshEmail(), lesser))).toBe("beyond-own-rights");
  expect(await stateOf(id)).toBe("pending");
  const equal = await makeMemberWith(owner, ["access.create", "access.delete", "groups.edit", "audit.read"]);
  must(await correct(id, freshEmail(), equal));
});

test("of another organization, or of nobody, it is not there", async () => {
  const stranger = await makeOwner("Globex");
  for (const id of [await inviteOne(owner, freshEmail()), crypto.randomUUID() as InvitationId])
    expect(await refusalOf(correct(id, freshEmail(), stranger))).toBe("not-found");
});

const soon = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 20));

test("against accepting, thirty times: one of the two happens, never both", async () => {
  const ends = new Set<string>();
  for (let round = 0; round < 30; round++) {
    const [id, right] = [await inviteOne(owner, freshEmail()), freshEmail()];
    const [accepted, corrected] = await Promise.all([
      soon().then(() => refusalOf(accept(byMail(id), newcomer))),
      soon().then(() => refusalOf(correct(id, right))),
    ]);
    const end = { accepted, corrected, state: await stateOf(id), made: await invitationsTo(right) };
    expect([
      { accepted: "done", corrected: "no-longer-open", state: "accepted", made: 0 },
      { accepted: "no-longer-open", corrected: "done", state: "revoked", made: 1 },
    ]).toContainEqual(end);
    ends.add(end.corrected);
  }
  expect(ends.size).toBe(2);
});

test("against revoking by somebody else, thirty times: revoked once, and invited anew only by whoever won", async () => {
  const colleague = await makeMemberWith(owner, ["access.delete"]);
  const ends = new Set<string>();
  for (let round = 0; round < 30; round++) {
    const [id, right] = [await inviteOne(owner, freshEmail()), freshEmail()];
    const [revoked, corrected] = await Promise.all([
      soon().then(() => refusalOf(revoke(granted(colleague, "access.delete"), id))),
      soon().then(() => refusalOf(correct(id, right))),
    ]);
    expect([
      { revoked: "done", corrected: "no-longer-open", made: 0 },
      { revoked: "no-longer-open", corrected: "done", made: 1 },
    ]).toContainEqual({ revoked, corrected, made: await invitationsTo(right) });
    expect((await eventsOf(id)).filter(({ action }) => action === "invitation.revoked")).toHaveLength(1);
    ends.add(corrected);
  }
  expect(ends.size).toBe(2);
});
