import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import { type Actor, readViewer } from "@/lib/access/actor";
import { readHolding } from "@/lib/access/holding";
import { makeChallenge, readOpenChallenge } from "@/lib/auth/challenges";
import { foundOrganization } from "@/lib/auth/founding";
import { endSessions, startSession } from "@/lib/auth/session-rows";
import { removeMember } from "@/lib/groups/members";
import { testDatabase } from "@/lib/testing/database";
import {
  actorOf,
  freshEmail,
  granted,
  inviteOne,
  makeGroup,
  makeMember,
  makeMemberWith,
  makeOwner,
  must,
  passwordHash,
  refusalOf,
} from "@/lib/testing/people";
import { accept, recordWrongAccount } from "./accept";

testDatabase();
let owner: Actor;
beforeAll(async () => {
  owner = await makeOwner();
});

const newcomer = { name: "Nora New", passwordHash };
const byMail = (id: InvitationId) => ({ id, channel: "email" as const });

const numberOf = async (query: ReturnType<typeof sql>): Promise<number> => {
  const [row] = await db().execute<{ n: number }>(sql`select count(*)::int as n from ${query}`);
  return row?.n ?? 0;
};
const membershipsOf = (email: string) => numberOf(sql`memberships where email = ${email}`);
const accountOf = async (email: string) => {
  const [row] = await db().execute<{ id: string; name: string; verified: boolean }>(
    sql`select id, name, email_verified_at is not null as verified from users where email = ${email}`,
  );
  return row;
};

describe("accepting", () => {
  test("makes account, membership and session, and proves the address that the mail reached", async () => {
    const email = freshEmail();
    const joined = must(await accept(byMail(await inviteOne(owner, email)), newcomer));
    expect(await accountOf(email)).toMatchObject({ name: "Nora New", verified: true });
    const actor = await actorOf(joined.sessionId);
    expect(actor).toMatchObject({ email, organizationId: owner.organizationId, owner: false });
    expect([...actor.rights]).toEqual([]);
  });

  test("twenty times at once makes one membership, and nineteen are told that it is over", async () => {
    for (let round = 0; round < 5; round++) {
      const email = freshEmail();
      const id = await inviteOne(owner, email);
      const answers = await Promise.all(Array.from({ length: 20 }, () => accept(byMail(id), newcomer)));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.filter((answer) => !answer.ok && answer.refusal.code === "no-longer-open")).toHaveLength(19);
      expect(await membershipsOf(email)).toBe(1);
      expect(await numberOf(sql`audit_events where target_id = ${id} and action = 'invitation.accepted'`)).toBe(1);
      expect(await numberOf(sql`sessions s join users u on u.id = s.user_id where u.email = ${email}`)).toBe(1);
    }
  });

  test("the invitations of two organizations at once makes one account that is in both, whoever comes second by asking again", async () => {
    const elsewhere = await makeOwner("Globex");
    const email = freshEmail();
    const ids = [await inviteOne(owner, email), await inviteOne(elsewhere, email)];
    const answers = await Promise.all(ids.map((id) => accept(byMail(id), newcomer)));
    const account = await accountOf(email);
    expect(account).toBeDefined();
    const late = ids.filter((_id, index) => !answers[index]?.ok);
    for (const id of late) {
      const shown = { userId: account?.id as typeof owner.userId, passwordHash };
      must(await accept(byMail(id), { shown }));
    }
    expect(await membershipsOf(email)).toBe(2);
  });

  test.each([
    ["revoked", sql`revoked_at = now()`],
    ["declined", sql`declined_at = now()`],
    ["expired", sql`expires_at = now() - interval '1 second'`],
  ])("an invitation that is %s is refused and makes no account", async (_state, facts) => {
    const email = freshEmail();
    const id = await inviteOne(owner, email);
    await db().execute(sql`update invitations set ${facts} where id = ${id}`);
    expect(await accept(byMail(id), newcomer)).toEqual({ ok: false, refusal: { code: "no-longer-open" } });
    expect(await accountOf(email)).toBeUndefined();
  });

  test("an acceptance that waited for a lock until after the expiry is refused", async () => {
    const email = freshEmail();
    const id = await inviteOne(owner, email);
    await db().execute(
      sql`update invitations set expires_at = clock_timestamp() + interval '400 milliseconds' where id = ${id}`,
    );
    const held = db().transaction(async (tx) => {
      await tx.execute(sql`select from invitations where id = ${id} for update`);
      await tx.execute(sql`select pg_sleep(0.8)`);
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const answer = await accept(byMail(id), newcomer);
    await held;
    expect(answer).toEqual({ ok: false, refusal: { code: "no-longer-open" } });
    expect(await accountOf(email)).toBeUndefined();
  });

  test("queued mail of the invitation is withdrawn", async () => {
    const id = await inviteOne(owner, freshEmail());
    must(await accept(byMail(id), newcomer));
    expect(await numberOf(sql`outbox where invitation_id = ${id} and state = 'cancelled'`)).toBe(1);
  });
});

describe("an account that exists", () => {
  test("joins by its own password, keeps its name, and is never overwritten by what a link's form says", async () => {
    const elsewhere = await makeOwner("Initech");
    const id = await inviteOne(owner, elsewhere.email);
    expect(await accept(byMail(id), newcomer)).toEqual({ ok: false, refusal: { code: "no-longer-open" } });
    must(await accept(byMail(id), { shown: { userId: elsewhere.userId, passwordHash } }));
    expect(await accountOf(elsewhere.email)).toMatchObject({ name: elsewhere.name });
    expect(await membershipsOf(elsewhere.email)).toBe(2);
  });

  test("of another address is refused; the invitation stays open and the attempt is written down", async () => {
    const stranger = await makeOwner("Hooli");
    const id = await inviteOne(owner, freshEmail());
    const known = await inviteOne(owner, (await makeOwner("Pied Piper")).email);
    for (const open of [id, known]) {
      const answer = await accept(byMail(open), { session: stranger.sessionId, userId: stranger.userId });
      expect(answer).toEqual({ ok: false, refusal: { code: "not-yours" } });
    }
    for (let pressed = 0; pressed < 5; pressed++) await recordWrongAccount(byMail(id), stranger.userId);
    expect(await numberOf(sql`invitations where id = ${id} and accepted_at is null`)).toBe(1);
    expect(
      await numberOf(
        sql`audit_events where target_id = ${id} and action = 'invitation.refused_to_other' and actor_id = ${stranger.userId}`,
      ),
    ).toBe(1);
  });

  test("whose password was changed after it was shown is refused", async () => {
    const elsewhere = await makeOwner("Umbrella");
    const id = await inviteOne(owner, elsewhere.email);
    const answer = await accept(byMail(id), { shown: { userId: elsewhere.userId, passwordHash: "an older one" } });
    expect(answer).toEqual({ ok: false, refusal: { code: "incorrect" } });
  });

  test("whose session a reset ends while it waits joins nothing and gets no new session", async () => {
    const elsewhere = await makeOwner("Reset Ltd");
    const { sessionId: session, userId } = elsewhere;
    const id = await inviteOne(owner, elsewhere.email);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const reset = db().transaction(async (tx) => {
      await tx.execute(sql`select from users where id = ${userId} for update`);
      await endSessions(tx, userId);
      await held;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const joining = accept(byMail(id), { session, userId });
    await new Promise((resolve) => setTimeout(resolve, 200));
    release();
    await reset;
    expect(await joining).toEqual({ ok: false, refusal: { code: "signed-out" } });
    expect(await numberOf(sql`sessions where user_id = ${userId} and ended_at is null`)).toBe(0);
  });

  test("that is an inactive member is not re-activated by an invitation", async () => {
    const email = freshEmail();
    const elsewhere = await makeOwner("Soylent", email);
    const id = await inviteOne(owner, email);
    await db().execute(sql`
      insert into memberships (organization_id, user_id, name, email, deactivated_at)
      values (${owner.organizationId}, ${elsewhere.userId}, ${elsewhere.name}, ${email}, now())`);
    const answer = await accept(byMail(id), { session: elsewhere.sessionId, userId: elsewhere.userId });
    expect(answer).toEqual({ ok: false, refusal: { code: "inactive-member" } });
  });

  test("that is an active member already, by an invitation that is still open, is told that there is nothing to accept", async () => {
    const member = await makeMember(owner);
    const id = await inviteOne(owner, freshEmail());
    // Such a one is left behind where somebody came in by another way; the table allows it.
    await db().execute(sql`update invitations set email = ${member.email} where id = ${id}`);
    const answer = await accept(byMail(id), { session: member.sessionId, userId: member.userId });
    expect(answer).toEqual({ ok: false, refusal: { code: "no-longer-open" } });
    expect(await membershipsOf(member.email)).toBe(1);
  });

  test("and was made with the victim's address by somebody else dies with name, sessions and codes when the victim joins by mail", async () => {
    const email = freshEmail("victim");
    const squatter = must(
      await foundOrganization({
        organizationName: "Squat",
        name: "Mallory",
        email,
        passwordHash: "theirs",
        verified: false,
      }),
    );
    await actorOf(squatter.sessionId);
    const reset = await db().transaction((tx) => makeChallenge(tx, { purpose: "reset", email }));
    const joined = must(await accept(byMail(await inviteOne(owner, email)), newcomer));
    expect(joined.userId).toBe(squatter.userId);
    expect(await accountOf(email)).toMatchObject({ name: "Nora New", verified: true });
    expect(await readViewer(db(), squatter.sessionId)).toBeNull();
    expect(await readOpenChallenge(db(), reset, "reset")).toBeNull();
    expect(await numberOf(sql`users where email = ${email} and password_hash = 'theirs'`)).toBe(0);
  });

  test("and was never verified can't accept a mailed invitation by the session of whoever made it", async () => {
    const email = freshEmail("victim");
    const squatter = must(
      await foundOrganization({
        organizationName: "Squat",
        name: "Mallory",
        email,
        passwordHash: "theirs",
        verified: false,
      }),
    );
    const answer = await accept(byMail(await inviteOne(owner, email)), {
      session: squatter.sessionId,
      userId: squatter.userId,
    });
    expect(answer).toEqual({ ok: false, refusal: { code: "not-yours" } });
  });
});

test("a copied link is no proof of the mailbox where mail exists: it makes no account", async () => {
  const email = freshEmail();
  const id = await inviteOne(owner, email);
  const answer = await accept({ id, channel: "link" }, newcomer);
  expect(answer.ok).toBe(false);
  expect(await accountOf(email)).toBeUndefined();
});

test("by a copied link an account joins in a session of its own once its address is verified, and by no password", async () => {
  const ada = await makeMember(owner);
  const link = { id: await inviteOne(await makeOwner(), ada.email), channel: "link" as const };
  const session = { session: ada.sessionId, userId: ada.userId };
  expect(await refusalOf(accept(link, { shown: { userId: ada.userId, passwordHash } }))).toBe("no-longer-open");
  await db().execute(sql`update users set email_verified_at = null where id = ${ada.userId}`);
  expect(await refusalOf(accept(link, session))).toBe("no-longer-open");
  await db().execute(sql`update users set email_verified_at = now() where id = ${ada.userId}`);
  must(await accept(link, session));
});

describe("the groups of an invitation", () => {
  test("are given when the sponsor may hand them out at that moment", async () => {
    const group = await makeGroup(owner, ["sources.read"]);
    const member = await makeMember(owner, [group]);
    expect([...member.rights]).toEqual(["sources.read"]);
  });

  test("are left out, recorded, when the sponsor has lost the right in between; the membership stands", async () => {
    const managers = await makeGroup(owner, ["access.create", "groups.edit", "sources.read"]);
    const sponsor = await makeMember(owner, [managers]);
    const group = await makeGroup(owner, ["sources.read"]);
    const id = await inviteOne(sponsor, freshEmail(), [group]);
    must(await removeMember(granted(owner, "groups.edit"), managers, sponsor.userId));
    const joined = must(await accept(byMail(id), newcomer));
    const holding = await readHolding(db(), owner.organizationId, joined.userId);
    expect([...(holding?.rights ?? [])]).toEqual([]);
    const [event] = await db().execute<{ after: { leftOut: string[] } }>(sql`
      select after from audit_events where target_id = ${joined.userId} and action = 'membership.created'`);
    expect(event?.after.leftOut).toEqual([group]);
  });

  test("are given as long as the sponsor holds what they allow, also when they may choose groups no more", async () => {
    const managers = await makeGroup(owner, ["access.create", "groups.edit"]);
    const readers = await makeGroup(owner, ["sources.read"]);
    const sponsor = await makeMember(owner, [managers, readers]);
    const id = await inviteOne(sponsor, freshEmail(), [readers]);
    must(await removeMember(granted(owner, "groups.edit"), managers, sponsor.userId));
    const joined = must(await accept(byMail(id), newcomer));
    expect([...((await readHolding(db(), owner.organizationId, joined.userId))?.rights ?? [])]).toEqual([
      "sources.read",
    ]);
  });

  test("that gained rights beyond the sponsor's after the invitation are left out", async () => {
    const sponsor = await makeMemberWith(owner, ["access.create", "groups.edit"]);
    const group = await makeGroup(owner, ["groups.read"]);
    const id = await inviteOne(sponsor, freshEmail(), [group]);
    await db().execute(sql`
      insert into policies (organization_id, group_id, permission, operation) values (${owner.organizationId}, ${group}, 'audit', 'read')`);
    const joined = must(await accept(byMail(id), newcomer));
    expect((await readHolding(db(), owner.organizationId, joined.userId))?.rights.size).toBe(0);
  });
});

test("no session outlives the thirty days that the table allows", async () => {
  const far = new Date(Date.now() + 86_400_000);
  await expect(db().transaction((tx) => startSession(tx, owner.userId, null, far))).resolves.toBeDefined();
  await expect(
    db().execute(sql`update sessions set expires_at = created_at + interval '31 days' where user_id = ${owner.userId}`),
  ).rejects.toMatchObject({ cause: { constraint_name: "sessions_absolute_limit" } });
});
