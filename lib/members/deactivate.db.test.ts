import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { InvitationId, OutboxId } from "@/db/schema/ids";
import { type Actor, readViewer } from "@/lib/access/actor";
import { rights } from "@/lib/access/catalogue";
import { enter } from "@/lib/auth/enter";
import { createGroup } from "@/lib/groups/commands";
import { addMembers, removeMember } from "@/lib/groups/members";
import { accept } from "@/lib/invitations/accept";
import { invite } from "@/lib/invitations/invite";
import { claimNext } from "@/lib/outbox/claim";
import { Mail } from "@/lib/outbox/mails";
import { freeze } from "@/lib/outbox/render";
import { testDatabase } from "@/lib/testing/database";
import {
  actorOf,
  currentActor,
  freshEmail,
  granted,
  inviteInput,
  inviteOne,
  makeGroup,
  makeMember,
  makeMemberWith,
  makeOwner,
  must,
  ownersGroup,
  passwordHash,
  promote,
  refusalOf,
} from "@/lib/testing/people";
import { deactivate, reactivate } from "./deactivate";
import { hasRead, switchTo } from "./organizations";

testDatabase();
let owner: Actor;
beforeAll(async () => {
  owner = await makeOwner();
});

const deactivateAs = (actor: Actor, user: Actor) => deactivate(granted(actor, "access.edit"), user.userId);
const reactivateAs = (actor: Actor, user: Actor) => reactivate(granted(actor, "access.edit"), user.userId);

const numberOf = async (query: ReturnType<typeof sql>): Promise<number> => {
  const [row] = await db().execute<{ n: number }>(sql`select count(*)::int as n from ${query}`);
  return row?.n ?? 0;
};
const active = async (user: Actor): Promise<boolean> =>
  (await numberOf(sql`memberships where organization_id = ${user.organizationId} and user_id = ${user.userId}
    and deactivated_at is null`)) === 1;
const liveSessions = (user: Actor) => numberOf(sql`sessions where user_id = ${user.userId} and ended_at is null`);
const stateOf = async (id: InvitationId): Promise<string> => {
  const [row] = await db().execute<{ state: string }>(sql`
    select case when accepted_at is not null then 'accepted' when revoked_at is not null then 'revoked' else 'open' end as state
    from invitations where id = ${id}`);
  return row?.state ?? "gone";
};
/** The same person, a member of a second organization too. */
const joinAlso = async (host: Actor, user: Actor): Promise<Actor> => {
  const id = await inviteOne(host, user.email);
  const joiner = { shown: { userId: user.userId, passwordHash } };
  return actorOf(must(await accept({ id, channel: "email" }, joiner)).sessionId);
};

/** What must hold at every moment, whoever races whom (SAFETY, "Always true"). */
const nothingLeftBehind = async () => {
  expect(
    await numberOf(sql`sessions s join memberships m on m.organization_id = s.organization_id and m.user_id = s.user_id
      where s.ended_at is null and m.deactivated_at is not null`),
  ).toBe(0);
  expect(
    await numberOf(sql`invitations i join memberships m on m.organization_id = i.organization_id and m.user_id = i.sponsor_id
      where m.deactivated_at is not null and i.accepted_at is null and i.declined_at is null and i.revoked_at is null
        and i.expires_at > clock_timestamp()`),
  ).toBe(0);
};

describe("deactivating a member", () => {
  test("ends every session they have here, tells them by mail, and is written down without naming other places", async () => {
    const member = await makeMember(owner);
    must(await enter({ userId: member.userId, passwordHash }));
    must(await deactivateAs(owner, member));
    expect(await active(member)).toBe(false);
    expect(await readViewer(db(), member.sessionId)).toBeNull();
    expect(await liveSessions(member)).toBe(0);
    expect(await numberOf(sql`outbox where kind = 'deactivated' and to_email = ${member.email}`)).toBe(1);
    const [event] = await db().execute<{ actor_id: string; after: unknown }>(sql`
      select actor_id, after from audit_events where action = 'membership.deactivated' and target_id = ${member.userId}`);
    expect(event).toEqual({ actor_id: owner.userId, after: { sessions: 2, invitations: 0 } });
  });

  test("moves their sessions to the organization they were last active in, and leaves what they have there alone", async () => {
    const globex = await makeOwner("Globex");
    const initech = await makeOwner("Initech");
    const member = await makeMember(owner);
    const there = await joinAlso(globex, member);
    const elsewhere = await joinAlso(initech, member);
    // The one they joined first is the one they left first: whatever order rows happen to be read in is no answer.
    for (const [{ organizationId }, days] of [[globex, 2] as const, [initech, 1] as const])
      await db().execute(sql`update memberships set last_active_at = now() - make_interval(days => ${days})
        where user_id = ${member.userId} and organization_id = ${organizationId}`);
    must(await deactivateAs(owner, member));
    expect(await currentActor(member.sessionId)).toMatchObject({ organizationName: "Initech" });
    expect(await currentActor(there.sessionId)).toMatchObject({ organizationName: "Globex" });
    expect(await currentActor(elsewhere.sessionId)).toMatchObject({ organizationName: "Initech" });
    expect(await active(there)).toBe(true);
    await nothingLeftBehind();
  });

  test("a session that was moved says where from, until its person has read so, has switched, or is active there again", async () => {
    const globex = await makeOwner("Globex");
    const member = await makeMember(owner);
    const there = await joinAlso(globex, member);
    const left = async ({ sessionId }: Actor) => (await readViewer(db(), sessionId))?.left;
    must(await deactivateAs(owner, member));
    expect(await left(member)).toBe(owner.organizationName);
    expect(await left(there)).toBeNull();
    await hasRead(member);
    expect(await left(member)).toBeNull();

    must(await reactivateAs(owner, member));
    must(await switchTo(member, owner.organizationId));
    must(await deactivateAs(owner, member));
    expect(await left(member)).toBe(owner.organizationName);
    must(await reactivateAs(owner, member));
    expect(await left(member)).toBeNull();
    must(await switchTo(member, owner.organizationId));
    must(await switchTo(member, globex.organizationId));
    must(await deactivateAs(owner, member));
    expect(await left(member)).toBeNull();
  });

  test("revokes the pending invitations they last sent, with their mail, and no others", async () => {
    const sponsor = await makeMemberWith(owner, ["access.create"]);
    const globex = await makeOwner("Globex");
    const [theirs, lapsed, others, elsewhere] = [
      await inviteOne(sponsor, freshEmail()),
      await inviteOne(sponsor, freshEmail()),
      await inviteOne(owner, freshEmail()),
      await inviteOne(globex, freshEmail()),
    ];
    await db().execute(sql`update invitations set expires_at = now() - interval '1 second' where id = ${lapsed}`);
    must(await deactivateAs(owner, sponsor));
    expect(await Promise.all([theirs, lapsed, others, elsewhere].map(stateOf))).toEqual([
      "revoked",
      "open",
      "open",
      "open",
    ]);
    expect(await numberOf(sql`outbox where invitation_id = ${theirs} and state = 'cancelled'`)).toBe(1);
    expect(await numberOf(sql`invitations where id = ${theirs} and revoked_by_id = ${owner.userId}`)).toBe(1);
    expect(await numberOf(sql`audit_events where action = 'invitation.revoked' and target_id = ${theirs}`)).toBe(1);
  });

  test("tells the owners which invitations ended through whom, in one mail, and of others within a day in one more", async () => {
    const chief = await makeOwner("Initech");
    const manager = await makeMemberWith(chief, ["access.edit"]);
    const [busy, idle, other] = [
      await makeMemberWith(chief, ["access.create"]),
      await makeMemberWith(chief, ["access.create"]),
      await makeMemberWith(chief, ["access.create"]),
    ];
    const addresses = Array.from({ length: 25 }, () => freshEmail("guest"));
    must(await invite(granted(busy, "access.create"), inviteInput(addresses.join(" "))));
    const late = freshEmail("guest");
    await inviteOne(other, late);
    const told = async () =>
      await db().execute<{ to_email: string; payload: unknown; soon: boolean }>(sql`
        select to_email, payload, next_attempt_at < clock_timestamp() + interval '1 hour' as soon
        from outbox where kind = 'invites-ended' and organization_id = ${chief.organizationId} order by created_at`);

    must(await deactivateAs(manager, idle));
    expect(await told()).toEqual([]);
    must(await deactivateAs(manager, busy));
    const first = addresses.toSorted().slice(0, 20);
    const ended = [{ sponsor: busy.name, by: manager.name, invites: 25, first }];
    expect(await told()).toMatchObject([{ to_email: chief.email, payload: { ended }, soon: true }]);

    await db().execute(sql`
      update outbox set state = 'sent', attempts = 1, frozen = '{}', first_attempt_at = clock_timestamp()
      where kind = 'invites-ended'`);
    must(await deactivateAs(manager, other));
    const second = (await told())[1];
    expect(second).toMatchObject({ payload: { ended: [{ invites: 1, first: [late] }] }, soon: false });
    const { subject } = await freeze(randomUUID() as OutboxId, Mail.parse(second?.payload));
    expect(subject).toBe(`${other.name} was deactivated, and 1 invite ended`);
  });

  test("tells nothing of it to an owner who was deactivated, nor to one who is an owner no more when the mail would go", async () => {
    const [chief, globex] = [await makeOwner("Initech"), await makeOwner("Globex")];
    const also = await makeMember(chief);
    await promote(chief, also.userId);
    await inviteOne(await currentActor(also.sessionId), freshEmail());
    must(await deactivateAs(chief, also));
    const told = await db().execute<{ to_email: string }>(sql`
      select to_email from outbox where kind = 'invites-ended' and to_email in ${[chief.email, also.email, globex.email]}`);
    expect(told).toEqual([{ to_email: chief.email }]);

    await db().execute(sql`update outbox set next_attempt_at = clock_timestamp() + interval '1 day'
      where state = 'queued' and not (kind = 'invites-ended' and to_email = ${chief.email})`);
    const heir = await makeMember(chief);
    await promote(chief, heir.userId);
    await db().execute(
      sql`update outbox set next_attempt_at = clock_timestamp() + interval '1 day' where to_email = ${heir.email}`,
    );
    const owners = await ownersGroup(chief.organizationId);
    must(await addMembers(granted(chief, "groups.edit"), await makeGroup(chief, []), [chief.userId]));
    must(await removeMember(granted(await currentActor(heir.sessionId), "groups.edit"), owners, chief.userId));
    expect(await claimNext()).toBe("settled");
    expect(await numberOf(sql`outbox where to_email = ${chief.email} and state = 'cancelled'`)).toBe(1);
  });

  test("a second time changes and tells nothing", async () => {
    const member = await makeMember(owner);
    must(await deactivateAs(owner, member));
    must(await deactivateAs(owner, member));
    expect(
      await numberOf(sql`audit_events where action = 'membership.deactivated' and target_id = ${member.userId}`),
    ).toBe(1);
    expect(await numberOf(sql`outbox where kind = 'deactivated' and to_email = ${member.email}`)).toBe(1);
  });

  test("is refused for oneself, for owners by those who are none, and for people of another organization", async () => {
    const almighty = await makeMemberWith(owner, [...rights]);
    const globex = await makeOwner("Globex");
    expect(await refusalOf(deactivateAs(owner, owner))).toBe("yourself");
    expect(await refusalOf(deactivateAs(almighty, almighty))).toBe("yourself");
    expect(await refusalOf(deactivateAs(almighty, owner))).toBe("owners-only");
    expect(await refusalOf(deactivateAs(owner, globex))).toBe("not-found");
    expect(await Promise.all([owner, almighty, globex].map(active))).toEqual([true, true, true]);
  });

  test("an owner may deactivate another owner, who then may nothing with the page that is still open", async () => {
    const also = await makeMember(owner);
    await promote(owner, also.userId);
    const asOwner = await currentActor(also.sessionId);
    must(await deactivateAs(owner, also));
    expect(await refusalOf(deactivateAs(asOwner, owner))).toBe("forbidden");
    const made = createGroup(granted(asOwner, "groups.create"), { name: "Late", description: "", members: [] });
    expect(await refusalOf(made)).toBe("forbidden");
  });
});

describe("re-activating a member", () => {
  test("gives back the groups they had; they sign in and may what they could before", async () => {
    const member = await makeMemberWith(owner, ["access.read", "audit.read"]);
    must(await deactivateAs(owner, member));
    expect(await refusalOf(enter({ userId: member.userId, passwordHash }))).toBe("inactive");
    must(await reactivateAs(owner, member));
    const back = await actorOf(must(await enter({ userId: member.userId, passwordHash })));
    expect([...back.rights].toSorted()).toEqual(["access.read", "audit.read"]);
    must(await reactivateAs(owner, member));
    expect(
      await numberOf(sql`audit_events where action = 'membership.reactivated' and target_id = ${member.userId}`),
    ).toBe(1);
  });

  test("is refused to those who may do less than the groups give back, naming the group", async () => {
    const manager = await makeMemberWith(owner, ["access.edit", "sources.read"]);
    const auditors = await makeGroup(owner, ["audit.read"], "Auditors");
    const auditor = await makeMember(owner, [auditors]);
    const reader = await makeMember(owner, [await makeGroup(owner, ["sources.read"])]);
    for (const member of [auditor, reader]) must(await deactivateAs(manager, member));
    expect(await reactivateAs(manager, auditor)).toEqual({
      ok: false,
      refusal: { code: "beyond-own-rights", group: "Auditors" },
    });
    expect(await refusalOf(reactivateAs(manager, reader))).toBe("done");
    expect(await active(auditor)).toBe(false);
  });

  test("of an owner is for owners, also against somebody with every right", async () => {
    const also = await makeMember(owner);
    await promote(owner, also.userId);
    const almighty = await makeMemberWith(owner, [...rights]);
    must(await deactivateAs(owner, also));
    expect(await refusalOf(reactivateAs(almighty, also))).toBe("owners-only");
    expect(await refusalOf(reactivateAs(owner, also))).toBe("done");
    expect((await readViewer(db(), also.sessionId))?.actor ?? null).toBeNull();
  });

  test("does not bring back the invitations that ended with the deactivation", async () => {
    const sponsor = await makeMemberWith(owner, ["access.create"]);
    const id = await inviteOne(sponsor, freshEmail());
    must(await deactivateAs(owner, sponsor));
    must(await reactivateAs(owner, sponsor));
    expect(await stateOf(id)).toBe("revoked");
  });
});

describe("at the same moment", () => {
  test("two owners deactivate each other: one stays, the other was told", async () => {
    for (let round = 0; round < 20; round++) {
      const first = await makeOwner("Duo");
      const second = await makeMember(first);
      await promote(first, second.userId);
      const also = await currentActor(second.sessionId);
      const answers = await Promise.all([refusalOf(deactivateAs(first, second)), refusalOf(deactivateAs(also, first))]);
      expect(answers.toSorted()).toEqual(["done", "forbidden"]);
      expect(await Promise.all([first, second].map(active))).toEqual(answers.map((answer) => answer === "done"));
    }
    await nothingLeftBehind();
  });

  test("the person signs in: they are refused, or the session they got is ended", async () => {
    for (let round = 0; round < 20; round++) {
      const member = await makeMember(owner);
      const signIns = Array.from({ length: 3 }, () => refusalOf(enter({ userId: member.userId, passwordHash })));
      const [deactivated, ...entered] = await Promise.all([refusalOf(deactivateAs(owner, member)), ...signIns]);
      expect(deactivated).toBe("done");
      expect(["done", "inactive"]).toEqual(expect.arrayContaining(entered));
      expect(await liveSessions(member)).toBe(0);
    }
    await nothingLeftBehind();
  });

  test("both of a person's organizations deactivate them: they stand nowhere", async () => {
    for (let round = 0; round < 10; round++) {
      const globex = await makeOwner("Globex");
      const member = await makeMember(owner);
      const there = await joinAlso(globex, member);
      const answers = await Promise.all([
        refusalOf(deactivateAs(owner, member)),
        refusalOf(deactivateAs(globex, there)),
      ]);
      expect(answers).toEqual(["done", "done"]);
      expect(await liveSessions(member)).toBe(0);
    }
    await nothingLeftBehind();
  });

  test("somebody accepts an invitation of theirs: it is accepted or revoked, and the answer says which", async () => {
    for (let round = 0; round < 20; round++) {
      const sponsor = await makeMemberWith(owner, ["access.create"]);
      const email = freshEmail();
      const id = await inviteOne(sponsor, email);
      const [deactivated, accepted] = await Promise.all([
        refusalOf(deactivateAs(owner, sponsor)),
        refusalOf(accept({ id, channel: "email" }, { name: "Nora New", passwordHash })),
      ]);
      expect(deactivated).toBe("done");
      expect(await stateOf(id)).toBe(accepted === "done" ? "accepted" : "revoked");
      expect(await numberOf(sql`memberships where email = ${email}`)).toBe(accepted === "done" ? 1 : 0);
    }
    await nothingLeftBehind();
  });

  test("they send invitations: none stays open behind them", async () => {
    for (let round = 0; round < 20; round++) {
      const sponsor = await makeMemberWith(owner, ["access.create"]);
      await Promise.all([
        refusalOf(deactivateAs(owner, sponsor)),
        refusalOf(invite(granted(sponsor, "access.create"), inviteInput(freshEmail()))),
      ]);
    }
    await nothingLeftBehind();
  });
});
