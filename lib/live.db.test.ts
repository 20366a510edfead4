import { setTimeout as sleep } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { db } from "@/db/client";
import type { SessionId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { announce } from "@/lib/outbox/announce";
import { testDatabase } from "@/lib/testing/database";
import { granted, makeMemberWith, makeOwner } from "@/lib/testing/people";
import { mostStreams, watchDeliveries } from "./live";

testDatabase();
let owner: Actor;
let stranger: Actor;
beforeAll(async () => {
  [owner, stranger] = [await makeOwner("Acme"), await makeOwner("Globex")];
});

const say = (of: Actor) => db().transaction((tx) => announce(tx, of.organizationId));

/** Reads a stream; how often it has said `look again` by now, and whether it has ended. */
const read = (by: Actor, mayStay?: () => Promise<boolean>) => {
  const stream = watchDeliveries(granted(by, "access.read"), mayStay);
  if (!stream) throw new Error("There are too many");
  const reader = stream.getReader();
  const heard = { looks: 0, ended: false };
  const pull = async (): Promise<void> => {
    const { done, value } = await reader.read();
    if (done) heard.ended = true;
    else {
      if (new TextDecoder().decode(value) === "data: look again\n\n") heard.looks++;
      await pull();
    }
  };
  void pull();
  const close = () => reader.cancel();
  onTestFinished(close);
  return { heard, close };
};

const until = async (holds: () => boolean, within = 1000) => {
  for (const began = Date.now(); Date.now() - began < within && !holds(); ) await sleep(5);
  expect(holds()).toBe(true);
};
/** The LISTEN of this process may still be on its way for whoever comes first; it makes everybody look once. */
const begun = async (heard: { looks: number }) => {
  await sleep(300);
  heard.looks = 0;
  await sleep(1_100);
};

test("whoever watches hears at once, of their own organization alone, and through one connection", async () => {
  const [ours, too, theirs] = [read(owner), read(owner), read(stranger)];
  await begun(ours.heard);
  [too.heard.looks, theirs.heard.looks] = [0, 0];
  await say(owner);
  await until(() => ours.heard.looks === 1 && too.heard.looks === 1);
  await say(stranger);
  await until(() => theirs.heard.looks === 1);
  await sleep(1_100); // what is said within a second of the last is held back for so long
  expect([ours.heard.looks, too.heard.looks, theirs.heard.looks]).toEqual([1, 1, 1]);
  const connections = await db().execute(sql`select from pg_stat_activity
    where datname = current_database() and query = 'listen "deliveries"'`);
  expect(connections).toHaveLength(1);
});

test("of a change that is rolled back nobody hears", async () => {
  const { heard } = read(owner);
  await begun(heard);
  await db()
    .transaction(async (tx) => {
      await announce(tx, owner.organizationId);
      throw new Error("rolled back");
    })
    .catch(() => {});
  await sleep(300);
  expect(heard.looks).toBe(0);
});

test("a hundred mails at once are said at the first, and then once a second at most, the last of them included", async () => {
  const { heard } = read(owner);
  await begun(heard);
  const began = Date.now();
  await Promise.all(Array.from({ length: 100 }, () => say(owner)));
  await sleep(1_500);
  expect(heard.looks).toBeGreaterThan(1);
  expect(heard.looks).toBeLessThanOrEqual(1 + (Date.now() - began) / 1000);
  heard.looks = 0;
  await sleep(1_500);
  expect(heard.looks).toBe(0);
});

test("a stream ends within five seconds of its reader losing access, with a last word; the others go on", async () => {
  const losses: Record<string, (reader: Actor) => SQL> = {
    "signed out": ({ sessionId }) => sql`update sessions set ended_at = now() where id = ${sessionId}`,
    "gone elsewhere": ({ sessionId }) => sql`update sessions set organization_id = null where id = ${sessionId}`,
    deactivated: ({ userId }) => sql`update memberships set deactivated_at = now() where user_id = ${userId}`,
    "without the right": ({ userId }) => sql`delete from group_members where user_id = ${userId}`,
  };
  const readers = await Promise.all(
    Object.entries(losses).map(async ([name, lose]) => {
      const reader = await makeMemberWith(owner, ["access.read"]);
      return { name, lost: () => db().execute(lose(reader)), ...read(reader) };
    }),
  );
  const kept = read(owner);
  await begun(kept.heard);
  for (const { heard, lost } of readers) {
    heard.looks = 0;
    await lost();
  }
  await until(() => readers.every(({ heard }) => heard.ended), 5_000);
  expect(readers.map(({ name, heard }) => [name, heard.looks])).toEqual(Object.keys(losses).map((name) => [name, 1]));
  expect(kept.heard.ended).toBe(false);
}, 20_000);

test("when nobody can say whether it still may, it ends", async () => {
  const { heard } = read(owner, () => Promise.reject(new Error("the database is away")));
  await until(() => heard.ended, 5_000);
}, 10_000);

test("one session has four at most, and another when one of them has gone", async () => {
  const session = { ...owner, sessionId: crypto.randomUUID() as SessionId };
  const four = Array.from({ length: mostStreams }, () => read(session));
  expect(watchDeliveries(granted(session, "access.read"))).toBeNull();
  read(stranger);
  await four[0]?.close();
  read(session);
});

test("all end when the process is asked to", async () => {
  const streams = [read(owner), read(stranger)];
  process.emit("SIGTERM");
  await until(() => streams.every(({ heard }) => heard.ended));
});
