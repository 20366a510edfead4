import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { type Actor, readViewer } from "@/lib/access/actor";
import { accept } from "@/lib/invitations/accept";
import { testDatabase } from "@/lib/testing/database";
import {
  actorOf,
  currentActor,
  granted,
  inviteOne,
  makeMember,
  makeOwner,
  must,
  passwordHash,
} from "@/lib/testing/people";
import { deactivate, reactivate } from "./deactivate";
import { organizationsOf, switchTo } from "./organizations";

testDatabase();
let acme: Actor;
let globex: Actor;
beforeAll(async () => {
  acme = await makeOwner("Acme");
  globex = await makeOwner("Globex");
});

/** Somebody who is in both organizations, signed in twice: once in each. */
const inBoth = async () => {
  const here = await makeMember(acme);
  const id = await inviteOne(globex, here.email);
  const joiner = { shown: { userId: here.userId, passwordHash } };
  const there = await actorOf(must(await accept({ id, channel: "email" }, joiner)).sessionId);
  return { here, there };
};

test("a session stands where its person switched to, the rights are of that place, and other browsers stay", async () => {
  const { here, there } = await inBoth();
  expect((await readViewer(db(), here.sessionId))?.elsewhere).toBe(true);
  must(await switchTo(here, globex.organizationId));
  expect((await currentActor(here.sessionId)).organizationName).toBe("Globex");
  must(await switchTo(here, acme.organizationId));
  expect((await currentActor(here.sessionId)).organizationName).toBe("Acme");
  expect((await currentActor(there.sessionId)).organizationName).toBe("Globex");
  const events = await db().execute(sql`
    select after from audit_events where action = 'session.switched' and actor_id = ${here.userId} order by occurred_at, id`);
  expect(events.map(({ after }) => after)).toEqual([
    { organization: globex.organizationId },
    { organization: acme.organizationId },
  ]);
});

test("where they stand already nothing is written", async () => {
  must(await switchTo(acme, acme.organizationId));
  expect(
    await db().execute(sql`select from audit_events where action = 'session.switched' and actor_id = ${acme.userId}`),
  ).toHaveLength(0);
});

test("another's organization is refused like one that doesn't exist, one they are inactive in by its name", async () => {
  const stranger = await makeOwner("Initech");
  const nowhere = { ok: false, refusal: { code: "not-found" } };
  expect(await switchTo(stranger, acme.organizationId)).toEqual(nowhere);
  expect(await switchTo(stranger, crypto.randomUUID() as typeof acme.organizationId)).toEqual(nowhere);
  const { here, there } = await inBoth();
  must(await deactivate(granted(acme, "access.edit"), here.userId));
  expect(await switchTo(there, acme.organizationId)).toEqual({
    ok: false,
    refusal: { code: "inactive", organization: "Acme" },
  });
  expect(await organizationsOf(here.userId)).toEqual([
    { id: globex.organizationId, name: "Globex", active: true },
    { id: acme.organizationId, name: "Acme", active: false },
  ]);
  must(await reactivate(granted(acme, "access.edit"), here.userId));
  must(await switchTo(there, acme.organizationId));
});

test("a session that has ended, and one of somebody else, go nowhere", async () => {
  const { here, there } = await inBoth();
  const over = { ok: false, refusal: { code: "signed-out" } };
  expect(await switchTo({ userId: here.userId, sessionId: acme.sessionId }, globex.organizationId)).toEqual(over);
  await db().execute(sql`update sessions set ended_at = now() where id = ${there.sessionId}`);
  expect(await switchTo(there, acme.organizationId)).toEqual(over);
});

test("deactivated at the moment of switching there, nobody is left standing there", async () => {
  for (let round = 0; round < 20; round++) {
    const { there } = await inBoth();
    await Promise.all([switchTo(there, acme.organizationId), deactivate(granted(acme, "access.edit"), there.userId)]);
    expect((await currentActor(there.sessionId)).organizationName).toBe("Globex");
  }
});
