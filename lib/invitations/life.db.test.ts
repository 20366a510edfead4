import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { removeMember } from "@/lib/groups/members";
import { deactivate } from "@/lib/members/deactivate";
import { testDatabase } from "@/lib/testing/database";
import {
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
} from "@/lib/testing/people";
import { accept } from "./accept";
import { askForNewInvite } from "./ask";
import { copyLink } from "./copy-link";
import { decline } from "./decline";
import { invite } from "./invite";
import { confirmJoinCode, sendJoinCode } from "./join-code";
import { readOffer } from "./queries";
import { resend } from "./resend";
import { revoke } from "./revoke";
import { type Facts, isOpen, type State, stateOf } from "./rules";
import { readSights } from "./sights";
import { readToken } from "./token";

testDatabase();
let owner: Actor;
beforeAll(async () => {
  owner = await makeOwner();
});

const create = (actor = owner) => granted(actor, "access.create");
const remove = (actor = owner) => granted(actor, "access.delete");
const newcomer = { name: "Nora New", passwordHash };
const byMail = (id: InvitationId) => ({ id, channel: "email" as const });
const byLink = (id: InvitationId) => ({ id, channel: "link" as const });
const refusal = (code: string) => ({ ok: false, refusal: expect.objectContaining({ code }) });

const stateOfRow = async (id: InvitationId) => (await readOffer(id))?.state;
const eventsOf = async (id: InvitationId): Promise<string[]> => {
  const rows = await db().execute<{ action: string }>(
    sql`select action from audit_events where target_id = ${id} order by sequence`,
  );
  return rows.map(({ action }) => action);
};
const minutesPass = (id: InvitationId, minutes: number) =>
  db().execute(sql`
    update invitations set last_sent_at = last_sent_at - make_interval(secs => ${minutes * 60}),
      expires_at = expires_at - make_interval(secs => ${minutes * 60}) where id = ${id}`);
const expire = (id: InvitationId) => minutesPass(id, 8 * 24 * 60);
const mailsTo = async (email: string) =>
  await db().execute<{
    kind: string;
    state: string;
    reason: string | null;
    send: number;
    payload: { asked?: string[]; author?: string };
    soon: boolean;
  }>(sql`
    select kind, state, reason, send, payload, next_attempt_at < clock_timestamp() + interval '1 hour' as soon
    from outbox where to_email = ${email} order by created_at, send`);

describe("every state, and everything that can be done to it", () => {
  const arrange: Record<State, (id: InvitationId) => Promise<unknown>> = {
    pending: async () => {},
    expired: expire,
    accepted: async (id) => must(await accept(byMail(id), newcomer)),
    declined: async (id) => must(await decline(byMail(id))),
    revoked: async (id) => must(await revoke(remove(await makeMemberWith(owner, ["access.delete"])), id)),
  };
  const act = {
    accept: (id: InvitationId) => accept(byMail(id), newcomer),
    decline: (id: InvitationId) => decline(byMail(id)),
    revoke: (id: InvitationId) => revoke(remove(), id),
    resend: (id: InvitationId) => resend(create(), id),
    "copy the link": (id: InvitationId) => copyLink(create(), id),
    "ask for a new one": (id: InvitationId) => askForNewInvite(id),
    "send a code": (id: InvitationId) => sendJoinCode(byLink(id)),
  };
  // What it is afterwards, or why not.
  const table: [State, keyof typeof act, State | "no-longer-open" | "link-expired"][] = [
    ["pending", "accept", "accepted"],
    ["pending", "decline", "declined"],
    ["pending", "revoke", "revoked"],
    ["pending", "resend", "pending"],
    ["pending", "copy the link", "pending"],
    ["pending", "ask for a new one", "no-longer-open"],
    ["pending", "send a code", "pending"],
    ["expired", "accept", "no-longer-open"],
    ["expired", "decline", "no-longer-open"],
    ["expired", "revoke", "revoked"],
    ["expired", "resend", "pending"],
    ["expired", "copy the link", "link-expired"],
    ["expired", "ask for a new one", "expired"],
    ["expired", "send a code", "no-longer-open"],
    ...(["accepted", "declined", "revoked"] as const).flatMap((over) =>
      (Object.keys(act) as (keyof typeof act)[]).map((what): [State, keyof typeof act, State | "no-longer-open"] => [
        over,
        what,
        over === "declined" && what === "ask for a new one" ? "declined" : "no-longer-open",
      ]),
    ),
  ];
  test.each(table)("%s: %s → %s", async (before, what, after) => {
    const id = await inviteOne(owner, freshEmail());
    await minutesPass(id, 6);
    await arrange[before](id);
    expect(await stateOfRow(id)).toBe(before);
    const answer = await act[what](id);
    if (after === "no-longer-open" || after === "link-expired") {
      expect(answer).toEqual(refusal(after === "link-expired" ? "expired" : after));
      expect(await stateOfRow(id)).toBe(before);
    } else {
      expect(answer.ok).toBe(true);
      expect(await stateOfRow(id)).toBe(after);
    }
  });
});

test("state is read the same from facts in code and in SQL, for every combination of them", async () => {
  const [clock] = await db().execute<{ now: string }>(sql`select clock_timestamp() as now`);
  const now = new Date(clock?.now ?? Number.NaN);
  const at = [null, new Date(now.getTime() - 60_000)];
  const expiries = [-86_400_000, -1, 3_600_000].map((ms) => new Date(now.getTime() + ms));
  const all: Facts[] = expiries.flatMap((expiresAt) =>
    at.flatMap((acceptedAt) =>
      at.flatMap((declinedAt) => at.map((revokedAt) => ({ expiresAt, acceptedAt, declinedAt, revokedAt }))),
    ),
  );
  const { stateSql, openSql } = await import("./queries");
  const rows = await db().execute<{ state: State; open: boolean }>(sql`
    select ${stateSql} as state, ${openSql} as open
    from jsonb_to_recordset(${JSON.stringify(all.map((facts, place) => ({ place, expires_at: facts.expiresAt, accepted_at: facts.acceptedAt, declined_at: facts.declinedAt, revoked_at: facts.revokedAt })))}::jsonb)
      as i(place int, expires_at timestamptz, accepted_at timestamptz, declined_at timestamptz, revoked_at timestamptz)
    order by place`);
  expect(rows.map(({ state }) => state)).toEqual(all.map((facts) => stateOf(facts, now)));
  expect(rows.map(({ open }) => open)).toEqual(all.map((facts) => isOpen(stateOf(facts, now))));
  expect(all).toHaveLength(24);
  // The clock of the query moves on, so the very moment of expiry can only be looked at here.
  expect(stateOf({ expiresAt: now, acceptedAt: null, declinedAt: null, revokedAt: null }, now)).toBe("expired");
});

describe("resending", () => {
  test("renews the expiry for the whole lifetime, promises one mail more, and makes the actor the sponsor", async () => {
    const email = freshEmail();
    must(await invite(create(), inviteInput(email, { lifetimeDays: 3 })));
    const [{ id } = { id: "" as InvitationId }] = await db().execute<{ id: InvitationId }>(
      sql`select id from invitations where email = ${email}`,
    );
    await expire(id);
    const colleague = await makeMemberWith(owner, ["access.create"]);
    must(await resend(create(colleague), id));
    const offer = await readOffer(id);
    expect(offer?.sponsor.id).toBe(colleague.userId);
    expect(Math.round(((offer?.expiresAt.getTime() ?? 0) - Date.now()) / 3_600_000)).toBe(72);
    expect((await mailsTo(email)).map(({ send, state, reason }) => [send, state, reason])).toEqual([
      [1, "cancelled", "The invitation was sent again before this mail had left."],
      [2, "queued", null],
    ]);
    expect(await eventsOf(id)).toEqual(["invitation.created", "invitation.resent"]);
  });

  test("by somebody else quotes the message under its author's name; a new form brings a new author", async () => {
    const writer = await makeMemberWith(owner, ["access.create"]);
    const email = freshEmail();
    must(await invite(create(writer), inviteInput(email, { message: "See you on Monday." })));
    const [{ id } = { id: "" as InvitationId }] = await db().execute<{ id: InvitationId }>(
      sql`select id from invitations where email = ${email}`,
    );
    await minutesPass(id, 6);
    must(await resend(create(), id));
    expect((await mailsTo(email)).at(-1)?.payload).toMatchObject({
      inviter: { name: owner.name },
      message: "See you on Monday.",
      author: writer.name,
    });
    expect(await readOffer(id)).toMatchObject({ sponsor: { name: owner.name }, author: writer.name });
    await expire(id);
    must(await invite(create(), inviteInput(email, { message: "See you on Tuesday." })));
    expect(await readOffer(id)).toMatchObject({ message: "See you on Tuesday.", author: owner.name });
  });

  test("waits five minutes after each send and says until when", async () => {
    const id = await inviteOne(owner, freshEmail());
    await minutesPass(id, 4);
    const answer = await resend(create(), id);
    expect(answer).toEqual(refusal("limited"));
    const until = !answer.ok && answer.refusal.code === "limited" ? answer.refusal.until.getTime() - Date.now() : 0;
    expect(until).toBeGreaterThan(50_000);
    expect(until).toBeLessThan(61_000);
    await minutesPass(id, 1.1);
    must(await resend(create(), id));
    expect(await resend(create(), id)).toEqual(refusal("limited"));
  });

  test("is done five times and no more, one after the other or all at once", async () => {
    const id = await inviteOne(owner, freshEmail());
    for (let again = 0; again < 5; again++) {
      await minutesPass(id, 6);
      const answers = await Promise.all([resend(create(), id), resend(create(), id), resend(create(), id)]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    }
    await minutesPass(id, 6);
    expect(await resend(create(), id)).toEqual(refusal("sent-enough"));
  });

  test("or copying the link is refused to somebody whose rights don't reach those of its groups", async () => {
    const group = await makeGroup(owner, ["audit.read"]);
    const id = await inviteOne(owner, freshEmail(), [group]);
    await minutesPass(id, 6);
    const lesser = await makeMemberWith(owner, ["access.create", "groups.edit"]);
    expect(await resend(create(lesser), id)).toEqual(refusal("beyond-own-rights"));
    expect(await copyLink(create(lesser), id)).toEqual(refusal("beyond-own-rights"));
    const equal = await makeMemberWith(owner, ["access.create", "groups.edit", "audit.read"]);
    must(await resend(create(equal), id));
    must(await copyLink(create(equal), id));
  });

  test("with groups that somebody chose takes no right to choose any: whoever joins gets them from the new sponsor", async () => {
    const group = await makeGroup(owner, ["audit.read"]);
    const id = await inviteOne(owner, freshEmail(), [group]);
    await minutesPass(id, 6);
    const inviter = await makeMemberWith(owner, ["access.create", "audit.read"]);
    must(await resend(create(inviter), id));
    const { userId } = must(await accept(byMail(id), newcomer));
    expect([...(await db().execute(sql`select group_id from group_members where user_id = ${userId}`))]).toEqual([
      { group_id: group },
    ]);
  });
});

describe("an invitation of another organization", () => {
  test("answers like one that doesn't exist", async () => {
    const elsewhere = await makeOwner("Globex");
    for (const id of [await inviteOne(owner, freshEmail()), crypto.randomUUID() as InvitationId]) {
      expect(await resend(create(elsewhere), id)).toEqual(refusal("not-found"));
      expect(await revoke(remove(elsewhere), id)).toEqual(refusal("not-found"));
      expect(await copyLink(create(elsewhere), id)).toEqual(refusal("not-found"));
    }
  });
});

describe("revoking", () => {
  test("takes queued mail back, ends every link, and pressed twice answers the same", async () => {
    const email = freshEmail();
    const id = await inviteOne(owner, email);
    must(await revoke(remove(), id));
    must(await revoke(remove(), id));
    expect((await mailsTo(email)).map(({ state }) => state)).toEqual(["cancelled"]);
    expect(await accept(byMail(id), newcomer)).toEqual(refusal("no-longer-open"));
    expect(await accept(byLink(id), newcomer)).toEqual(refusal("no-longer-open"));
    expect((await eventsOf(id)).filter((action) => action === "invitation.revoked")).toHaveLength(1);
  });

  test("leaves the address free to be invited again at once, with a link of its own", async () => {
    const email = freshEmail();
    const first = await inviteOne(owner, email);
    must(await revoke(remove(), first));
    const second = await inviteOne(owner, email);
    expect(second).not.toBe(first);
    must(await accept(byMail(second), newcomer));
  });
});

describe("declining", () => {
  test("takes queued mail back, ends every link, and is written down with the way the link travelled", async () => {
    const email = freshEmail();
    const id = await inviteOne(owner, email);
    must(await decline({ id, channel: "code" }));
    expect((await mailsTo(email)).map(({ state }) => state)).toEqual(["cancelled"]);
    expect(await accept(byMail(id), newcomer)).toEqual(refusal("no-longer-open"));
    expect(await eventsOf(id)).toEqual(["invitation.created", "invitation.declined"]);
  });

  test("by a copied link takes the mailbox first: whoever passes it on can't say no for the invited", async () => {
    const ada = await makeMember(owner, []);
    const elsewhere = await makeOwner();
    const id = await inviteOne(elsewhere, ada.email);
    expect(await decline(byLink(id))).toEqual(refusal("no-longer-open"));
    expect(await decline(byLink(id), owner.userId)).toEqual(refusal("no-longer-open"));
    await db().execute(sql`update users set email_verified_at = null where id = ${ada.userId}`);
    expect(await decline(byLink(id), ada.userId)).toEqual(refusal("no-longer-open"));
    expect(await stateOfRow(id)).toBe("pending");
    await db().execute(sql`update users set email_verified_at = now() where id = ${ada.userId}`);
    must(await decline(byLink(id), ada.userId));
    expect(await stateOfRow(id)).toBe("declined");
  });

  test("that had to wait until after the expiry is refused, and so is copying the link", async () => {
    const [one, two] = [await inviteOne(owner, freshEmail()), await inviteOne(owner, freshEmail())];
    await db().execute(sql`
      update invitations set expires_at = clock_timestamp() + interval '600 milliseconds' where id in (${one}, ${two})`);
    const held = db().transaction(async (tx) => {
      await tx.execute(sql`select from invitations where id in (${one}, ${two}) for update`);
      await tx.execute(sql`select pg_sleep(1)`);
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const answers = await Promise.all([decline(byMail(one)), copyLink(create(), two)]);
    await held;
    expect(answers).toEqual([refusal("no-longer-open"), refusal("expired")]);
  });
});

test("what the groups of an invitation will let its person see is told as it is now", async () => {
  const [audit, empty] = [await makeGroup(owner, ["audit.read"], "Auditors"), await makeGroup(owner, [], "Zealots")];
  const offer = await readOffer(await inviteOne(owner, freshEmail(), [audit, empty]));
  const sights = offer && (await readSights(offer));
  expect(sights).toEqual([
    { group: "Auditors", everything: false, lets: ["see and export the audit log"], more: 0 },
    { group: "Zealots", everything: false, lets: [], more: 0 },
  ]);
});

test("a group that its sponsor may hand out no more is not promised to whoever is about to join", async () => {
  const group = await makeGroup(owner, ["audit.read"], "Night watch");
  const giver = await makeGroup(owner, ["audit.read"]);
  const sponsor = await makeMember(owner, [await makeGroup(owner, ["access.create", "groups.edit"]), giver]);
  const offer = await readOffer(await inviteOne(sponsor, freshEmail(), [group]));
  if (!offer) throw new Error("The invitation is gone");
  expect(await readSights(offer)).toMatchObject([{ group: "Night watch" }]);
  must(await removeMember(granted(owner, "groups.edit"), giver, sponsor.userId));
  expect(await readSights(offer)).toEqual([]);
});

test("a copied link is of the channel that proves nothing, and that it was shown is written down", async () => {
  const id = await inviteOne(owner, freshEmail());
  const link = must(await copyLink(create(), id));
  expect(readToken(link.split("/").at(-1) ?? "")).toEqual({ id, channel: "link" });
  expect(await eventsOf(id)).toEqual(["invitation.created", "invitation.link_revealed"]);
});

describe("asking for a new invite", () => {
  const overFor = async (sponsor: Actor) => {
    const email = freshEmail();
    const id = await inviteOne(sponsor, email);
    await expire(id);
    return { id, email };
  };

  test("tells the sponsor at once, gathers who asks within a day of that in one mail more, and counts once a day each", async () => {
    const sponsor = await makeMemberWith(owner, ["access.create"]);
    const [one, two, three] = [await overFor(sponsor), await overFor(sponsor), await overFor(sponsor)];
    must(await askForNewInvite(one.id));
    expect(await eventsOf(one.id)).toEqual(["invitation.created", "invitation.asked_again"]);
    expect(await mailsTo(sponsor.email)).toMatchObject([
      {},
      { kind: "asked-again", payload: { asked: [one.email] }, soon: true },
    ]);
    expect(await askForNewInvite(one.id)).toEqual(refusal("limited"));
    await db().execute(sql`
      update outbox set state = 'sent', attempts = 1, frozen = '{}', first_attempt_at = clock_timestamp()
      where to_email = ${sponsor.email} and kind = 'asked-again'`);
    await Promise.all([askForNewInvite(two.id), askForNewInvite(three.id)]);
    const gathered = (await mailsTo(sponsor.email)).slice(2);
    expect(gathered).toMatchObject([{ kind: "asked-again", soon: false }]);
    expect(gathered[0]?.payload.asked?.toSorted()).toEqual([two.email, three.email].toSorted());
  });

  test("goes to the owners, five at most, when the sponsor has left", async () => {
    const chief = await makeOwner("Initech");
    const group = await db().execute<{ id: string }>(
      sql`select id from groups where organization_id = ${chief.organizationId} and built_in = 'owners'`,
    );
    for (let more = 0; more < 6; more++) await makeMember(chief, [group[0]?.id as never]);
    const sponsor = await makeMemberWith(chief, ["access.create"]);
    const { id } = await overFor(sponsor);
    must(await decline(byMail(await inviteOne(sponsor, freshEmail()))));
    await db().execute(sql`update invitations set declined_at = clock_timestamp() where id = ${id}`);
    must(await deactivate(granted(chief, "access.edit"), sponsor.userId));
    must(await askForNewInvite(id));
    const told = await db().execute<{ to_email: string }>(
      sql`select to_email from outbox where kind = 'asked-again' and organization_id = ${chief.organizationId}`,
    );
    expect(told).toHaveLength(5);
    expect(told.map((row) => row.to_email)).not.toContain(sponsor.email);
  });
});

test("whoever took an expired invitation over while its holder asked for a new one is the one who is told", async () => {
  const [before, now] = [
    await makeMemberWith(owner, ["access.create"]),
    await makeMemberWith(owner, ["access.create"]),
  ];
  const id = await inviteOne(before, freshEmail());
  await expire(id);
  const taking = db().transaction(async (tx) => {
    await tx.execute(sql`select from organizations where id = ${owner.organizationId} for no key update`);
    await tx.execute(sql`select pg_sleep(0.5)`);
    await tx.execute(sql`update invitations set sponsor_id = ${now.userId} where id = ${id}`);
  });
  await new Promise((wait) => setTimeout(wait, 100));
  must(await askForNewInvite(id));
  await taking;
  const told = await db().execute(sql`
    select to_email from outbox where kind = 'asked-again' and to_email in (${before.email}, ${now.email})`);
  expect([...told]).toEqual([{ to_email: now.email }]);
});

describe("a copied link where mail exists", () => {
  const codeOf = async (id: string) => {
    const { codeFor } = await import("@/lib/auth/challenges");
    return codeFor(id as never, "join") ?? "";
  };

  test("goes on after the mailed code, once, with a link that proves the mailbox by code", async () => {
    const email = freshEmail();
    const id = await inviteOne(owner, email);
    const challenge = must(await sendJoinCode(byLink(id)));
    const code = await codeOf(challenge);
    expect(await confirmJoinCode(byLink(id), challenge, code === "000000" ? "000001" : "000000")).toEqual(
      refusal("invalid"),
    );
    const opened = readToken(must(await confirmJoinCode(byLink(id), challenge, code)));
    expect(opened).toEqual({ id, channel: "code" });
    expect(await confirmJoinCode(byLink(id), challenge, code)).toEqual(refusal("code-over"));
    if (opened) must(await accept(opened, newcomer));
    const [row] = await db().execute(sql`
      select accepted_through, u.email_verified_at is not null as verified
      from invitations i join users u on u.id = i.accepted_by_id where i.id = ${id}`);
    expect(row).toEqual({ accepted_through: "code", verified: true });
  });

  test("takes no code of another invitation, and none after five tries", async () => {
    const [one, two] = [await inviteOne(owner, freshEmail()), await inviteOne(owner, freshEmail())];
    const challenge = must(await sendJoinCode(byLink(one)));
    const code = await codeOf(challenge);
    expect(await confirmJoinCode(byLink(two), challenge, code)).toEqual(refusal("code-over"));
    const wrong = code === "000000" ? "000001" : "000000";
    for (let tries = 0; tries < 5; tries++) await confirmJoinCode(byLink(one), challenge, wrong);
    expect(await confirmJoinCode(byLink(one), challenge, code)).toEqual(refusal("code-over"));
  });

  test("sends five codes a day to one address and says when the next may go", async () => {
    const id = await inviteOne(owner, freshEmail());
    const answers = await Promise.all(Array.from({ length: 7 }, () => sendJoinCode(byLink(id))));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
    const [late] = answers.filter(({ ok }) => !ok);
    expect(late).toEqual(refusal("limited"));
    const until = late && !late.ok && late.refusal.code === "limited" ? late.refusal.until.getTime() : 0;
    expect(until - Date.now()).toBeGreaterThan(23 * 3_600_000);
  });
});
