import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { memberships, sessions } from "@/db/schema";
import type { SessionId, UserId } from "@/db/schema/ids";
import { type Actor, readViewer } from "@/lib/access/actor";
import { testDatabase } from "@/lib/testing/database";
import { makeMember, makeOwner, must, password, passwordHash } from "@/lib/testing/people";
import { changePassword, readSessions, rename } from "./account";
import { attempt } from "./attempt";
import { enter } from "./enter";
import { redeem, startSession, ticketFor } from "./session-rows";
import { endOwnSession, endOwnSessions } from "./sign-out";

testDatabase();

const device = { userAgent: "Firefox", address: "192.0.2.1" };
const isLive = async (id: SessionId) => (await readViewer(db(), id)) !== null;
const start = (actor: Actor) =>
  db().transaction((tx) => startSession(tx, actor.userId, actor.organizationId, new Date()));
const startOpen = async (actor: Actor): Promise<SessionId> => {
  const id = await start(actor);
  await redeem(ticketFor(id), device);
  return id;
};
const shownBy = async (email: string) => must(await attempt({ email, password, address: "192.0.2.9", device: null }));
const eventsAbout = async (id: string) => {
  const rows = await db().execute<{ action: string; actor_id: UserId }>(
    sql`select action, actor_id from audit_events where target_id = ${id} order by id`,
  );
  return rows.map((row) => row.action);
};

describe("a ticket", () => {
  test("opens its session once, of twenty at the same moment", async () => {
    const id = await start(await makeOwner());
    expect(await isLive(id)).toBe(false);
    const opened = await Promise.all(Array.from({ length: 20 }, () => redeem(ticketFor(id), device)));
    expect(opened.filter((one) => one !== null)).toHaveLength(1);
    expect(await isLive(id)).toBe(true);
  });

  test("is worth nothing after 60 seconds, after the session has ended, or when it is bent", async () => {
    const owner = await makeOwner();
    const [late, ended, bent] = [await start(owner), await start(owner), await start(owner)];
    await db()
      .update(sessions)
      .set({ createdAt: sql`created_at - interval '61 seconds'`, expiresAt: sql`expires_at - interval '61 seconds'` })
      .where(eq(sessions.id, late));
    await endOwnSession(ended);
    expect(await redeem(ticketFor(late), device)).toBeNull();
    expect(await redeem(ticketFor(ended), device)).toBeNull();
    for (const ticket of ["", bent, `${bent}.`, ticketFor(late).replace(late, bent), `${ticketFor(bent)}.x`.slice(1)])
      expect(await redeem(ticket, device)).toBeNull();
    expect(await isLive(bent)).toBe(false);
  });
});

describe("signing in", () => {
  test("lands in the active membership that was used last", async () => {
    const owner = await makeOwner("First");
    const second = await makeOwner("Second");
    await db().insert(memberships).values({
      organizationId: second.organizationId,
      userId: owner.userId,
      name: owner.name,
      email: owner.email,
      lastActiveAt: new Date(),
    });
    const landed = async () => {
      const id = must(await enter(await shownBy(owner.email)));
      await redeem(ticketFor(id), device);
      return (await readViewer(db(), id))?.actor?.organizationName;
    };
    expect(await landed()).toBe("Second");
    await db()
      .update(memberships)
      .set({ deactivatedAt: new Date() })
      .where(sql`user_id = ${owner.userId} and organization_id = ${second.organizationId}`);
    expect(await landed()).toBe("First");
  });

  test("is refused to someone who is active nowhere, and says where they are inactive", async () => {
    const owner = await makeOwner("Acme");
    const member = await makeMember(owner);
    await endOwnSessions(member.userId);
    await db().update(sessions).set({ organizationId: null }).where(eq(sessions.userId, member.userId));
    await db().update(memberships).set({ deactivatedAt: new Date() }).where(eq(memberships.userId, member.userId));
    expect(await enter(await shownBy(member.email))).toEqual({
      ok: false,
      refusal: { code: "inactive", organization: "Acme" },
    });
  });

  test("with a password that was changed since it was shown is refused", async () => {
    const owner = await makeOwner();
    const shown = await shownBy(owner.email);
    must(await changePassword(shown, `${passwordHash} changed`, owner.sessionId));
    expect(await enter(shown)).toEqual({ ok: false, refusal: { code: "incorrect" } });
  });

  test("is written down", async () => {
    const owner = await makeOwner();
    const id = must(await enter(await shownBy(owner.email)));
    expect(await eventsAbout(id)).toEqual(["session.started"]);
  });
});

describe("signing out", () => {
  test("ends that session at once, and a second time changes nothing", async () => {
    const owner = await makeOwner();
    const other = await startOpen(owner);
    must(await endOwnSession(other));
    must(await endOwnSession(other));
    expect([await isLive(other), await isLive(owner.sessionId)]).toEqual([false, true]);
    expect(await eventsAbout(other)).toEqual(["session.ended"]);
  });

  test("somebody else's session by its id changes nothing", async () => {
    const [ada, bob] = [await makeOwner(), await makeOwner()];
    must(await endOwnSession(bob.sessionId, ada.userId));
    expect(await isLive(bob.sessionId)).toBe(true);
  });

  test("everywhere ends every session of that person and nobody else's", async () => {
    const [ada, bob] = [await makeOwner(), await makeOwner()];
    const other = await startOpen(ada);
    must(await endOwnSessions(ada.userId));
    must(await endOwnSessions(ada.userId));
    expect([await isLive(ada.sessionId), await isLive(other), await isLive(bob.sessionId)]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("a changed password", () => {
  test("ends the other sessions and keeps this one; of two changes at once one wins", async () => {
    const owner = await makeOwner();
    const other = await startOpen(owner);
    const shown = await shownBy(owner.email);
    const changed = await Promise.all(["a", "b"].map((hash) => changePassword(shown, hash, owner.sessionId)));
    expect(changed.filter((result) => result.ok)).toHaveLength(1);
    expect([await isLive(owner.sessionId), await isLive(other)]).toEqual([true, false]);
    expect(await eventsAbout(owner.userId)).toContain("user.password_changed");
  });
});

test("the list of sessions shows only live ones of that person, by where they were opened", async () => {
  const owner = await makeOwner();
  const [open, ended, idle] = [await startOpen(owner), await startOpen(owner), await startOpen(owner)];
  await start(owner);
  await endOwnSession(ended);
  await db()
    .update(sessions)
    .set({ lastSeenAt: sql`clock_timestamp() - interval '8 days'` })
    .where(eq(sessions.id, idle));
  const listed = await readSessions(owner.userId);
  expect(listed.map((row) => row.id).sort()).toEqual([owner.sessionId, open].sort());
  expect(listed.find((row) => row.id === open)).toMatchObject(device);
});

test("a new name is the member's name everywhere", async () => {
  const owner = await makeOwner();
  must(await rename(owner.userId, "Ada Byron"));
  must(await rename(owner.userId, "Ada Byron"));
  const [row] = await db()
    .select({ name: memberships.name })
    .from(memberships)
    .where(eq(memberships.userId, owner.userId));
  expect(row?.name).toBe("Ada Byron");
  expect((await eventsAbout(owner.userId)).filter((action) => action === "user.renamed")).toHaveLength(1);
});
