import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import { rights } from "@/lib/access/catalogue";
import { addMembers } from "@/lib/groups/members";
import { revoke } from "@/lib/invitations/revoke";
import { testDatabase } from "@/lib/testing/database";
import {
  age,
  currentActor,
  freshEmail,
  granted,
  inviteOne,
  makeGroup,
  makeMember,
  makeMemberWith,
  makeOwner,
  must,
  ownersGroup,
} from "@/lib/testing/people";
import { readHelp } from "./queries";

// What Help tells each kind of member: no more than they may see anyway.
testDatabase();
let owner: Actor;
/** Who may invite and do nothing else. */
let inviter: Actor;
let waiting: string;
let over: string;

beforeAll(async () => {
  owner = await makeOwner("Acme");
  inviter = await makeMemberWith(owner, ["access.create"]);
  waiting = freshEmail("waiting");
  over = freshEmail("over");
  await inviteOne(inviter, waiting);
  await age(await inviteOne(owner, over), "8 days");
  must(await revoke(granted(owner, "access.delete"), await inviteOne(owner, freshEmail("revoked"))));
  const globex = await makeOwner("Globex");
  await inviteOne(globex, freshEmail("theirs"));
  await age(await inviteOne(globex, freshEmail("theirs")), "8 days");
});

const emails = (rows: readonly { email: string }[] | null) => rows?.map(({ email }) => email) ?? null;

test("who may invite is told so, and sees what became of the pending and the expired invites of the organization alone", async () => {
  for (const actor of [owner, inviter]) {
    const help = await readHelp(actor);
    expect(help.inviting).toEqual({ may: true, until: null });
    expect(emails(help.waiting.rows)).toEqual([waiting]);
    expect(emails(help.expired.rows)).toEqual([over]);
    expect([help.waiting.others, help.expired.others, help.senders]).toEqual([[], [], []]);
  }
});

test("who may see invites but make none is shown them, and told who can grant that and who can send again", async () => {
  const help = await readHelp(await makeMemberWith(owner, ["access.read"]));
  expect(help.inviting).toEqual({
    may: false,
    owners: [{ name: owner.name, email: owner.email }],
    others: [{ name: inviter.name, email: inviter.email }],
  });
  expect(emails(help.waiting.rows)).toEqual([waiting]);
  expect(emails(help.senders)).toEqual([owner.email, inviter.email]);
});

test("without the right to see them nobody learns of anybody's invites, their own former ones included", async () => {
  const all = rights.filter((right) => !right.startsWith("access."));
  const former = await makeMemberWith(owner, ["access.create"]);
  const own = await inviteOne(former, freshEmail("own"));
  await db().execute(sql`delete from group_members where user_id = ${former.userId}`);
  const lost = await currentActor(former.sessionId);
  for (const actor of [lost, await makeMember(owner), await makeMemberWith(owner, all)]) {
    const help = await readHelp(actor);
    expect([help.waiting.rows, help.expired.rows]).toEqual([null, null]);
    expect(emails(help.waiting.others)).toContain(owner.email);
    expect(JSON.stringify(help)).not.toMatch(/waiting-|over-|own-/);
    expect(help.inviting.may).toBe(false);
  }
  must(await revoke(granted(owner, "access.delete"), own));
});

test("a member's own invites come first, then the latest, and never more than five", async () => {
  const crowd = await makeOwner("Crowd");
  const other = await makeMemberWith(crowd, ["access.create"]);
  const own = freshEmail("own");
  await inviteOne(other, own);
  const later = [];
  for (let number = 0; number < 6; number++) later.unshift(freshEmail("later"));
  for (const email of later.toReversed()) await inviteOne(crowd, email);
  expect(emails((await readHelp(other)).waiting.rows)).toEqual([own, ...later.slice(0, 4)]);
  expect(emails((await readHelp(crowd)).waiting.rows)).toEqual(later.slice(0, 5));
});

test("an invite whose groups allow more than the member may hand out is shown, and is beyond them", async () => {
  const strong = await makeOwner("Strong");
  const weak = await makeMemberWith(strong, ["access.create"]);
  const audit = await makeGroup(strong, ["audit.read"]);
  await age(await inviteOne(strong, freshEmail("auditor"), [audit]), "8 days");
  expect((await readHelp(weak)).expired.rows).toMatchObject([{ beyond: true }]);
  expect((await readHelp(strong)).expired.rows).toMatchObject([{ beyond: false }]);
});

test("everybody is told from which address the mail comes", async () => {
  for (const actor of [owner, await makeMember(owner)]) {
    const { mail, from } = await readHelp(actor);
    expect({ mail, from }).toEqual({ mail: { kind: "on" }, from: "gatehouse@localhost" });
  }
});

test("support is an owner to whoever isn't the only one, when no address is configured", async () => {
  const alone = await makeOwner("Alone");
  expect((await readHelp(alone)).support).toEqual({ email: null, owners: [] });
  const second = await makeMember(alone);
  expect(emails((await readHelp(second)).support.owners)).toEqual([alone.email]);
  must(await addMembers(granted(alone, "groups.edit"), await ownersGroup(alone.organizationId), [second.userId]));
  expect(emails((await readHelp(alone)).support.owners)).toEqual([second.email]);
});
