import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { makeChallenge } from "@/lib/auth/challenges";
import { enqueue } from "@/lib/outbox";
import { post } from "@/lib/outbox/post";
import { startWorker } from "@/lib/outbox/worker";
import { testDatabase } from "./database";
import { promise } from "./outbox";
import { makeOwner } from "./people";
import { throughResend } from "./resend";

// How fast ten thousand invitations leave, beside bare posts of the same bodies to the same stand-in by as many lanes; and
// how long whoever comes after them waits. Workers, stand-in and database share this machine, workers and stand-in a process.
const many = 10_000;
const counted = Number(process.env.BENCH_MAILS ?? 1500);
/** Lanes of one worker that take bulk mail. */
const lanes = 4;
/** What somebody who waits for a code would not notice, in seconds. */
const unnoticed = 2;

const resend = await throughResend();
testDatabase();
let owner: Actor;
let other: Actor;
const workers: { stop(): Promise<void> }[] = [];
const stop = () => Promise.all(workers.splice(0).map((worker) => worker.stop()));

const inviteAll = () =>
  db().transaction(async (tx) => {
    const invitations = await tx.execute<{ id: InvitationId; email: string }>(sql`
      insert into invitations (organization_id, email, invited_by_id, sponsor_id, expires_at, last_sent_at, link_only)
      select ${owner.organizationId}, 'invited.' || n || '@example.org', ${owner.userId}, ${owner.userId},
        now() + interval '7 days', now(), false
      from generate_series(1, ${many}::int) n returning id, email`);
    const same = {
      kind: "invitation" as const,
      organizationId: owner.organizationId,
      organization: "Acme",
      send: 1,
      inviter: { name: owner.name, email: owner.email },
      message: "Welcome aboard!",
      expiresAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
    };
    await enqueue(
      tx,
      invitations.map(({ id, email }) => ({ ...same, to: email, invitationId: id })),
    );
  });

beforeAll(async () => {
  [owner, other] = [await makeOwner(), await makeOwner("Globex")];
  // The first mail of a process takes half a second more: React Email is loaded for it.
  await promise({ kind: "already-registered", to: "first@example.org" });
  workers.push(startWorker());
  await arrives(() => resend.requests.length > 0);
  await stop();
}, 60_000);
afterAll(stop);

/** Seconds until something has arrived at the stand-in. */
const arrives = async (arrived: () => boolean): Promise<number> => {
  const began = performance.now();
  while (!arrived()) await sleep(2);
  return (performance.now() - began) / 1000;
};
const arrivesTo = (to: string) => {
  let looked = 0;
  return arrives(() => {
    const fresh = resend.requests.slice(looked);
    looked += fresh.length;
    return fresh.some(({ body }) => body.includes(to));
  });
};

/** Mails a second that arrive from now on. */
const rate = async (): Promise<number> => {
  const before = resend.requests.length;
  return counted / (await arrives(() => resend.requests.length >= before + counted));
};

/** Posts a second of bodies that were sent before, by so many lanes that do nothing else. */
const bareRate = async (width: number): Promise<number> => {
  const bodies = resend.requests.slice(-counted).map(({ body }) => body);
  const began = performance.now();
  let next = 0;
  const lane = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++])
      await post(new URL("/emails", resend.url), { headers: new Headers({ "idempotency-key": `bare-${next}` }), body });
  };
  await Promise.all(Array.from({ length: width }, lane));
  return (counted * 1000) / (performance.now() - began);
};

test("ten thousand invitations, and whoever comes after them", { timeout: 600_000 }, async () => {
  resend.forget();
  await inviteAll();
  workers.push(startWorker());
  const first = await arrives(() => resend.requests.length > 0);
  const challengeId = await db().transaction((tx) => makeChallenge(tx, { purpose: "reset", email: owner.email }));
  await promise({ kind: "reset", to: owner.email, challengeId, name: owner.name });
  const password = await arrivesTo("reset-password/");
  const { organizationId } = other;
  await promise({ kind: "deactivated", to: "late@example.org", organizationId, organization: "Globex" });
  const late = await arrivesTo("late@example.org");
  console.log(`first of ${many} ${first.toFixed(2)} s, a password mail after them ${password.toFixed(2)} s,`);
  console.log(`a mail of another organization after them ${late.toFixed(2)} s`);

  const one = await rate();
  workers.push(startWorker());
  const two = await rate();
  await stop();
  const [bareOne, bareTwo] = [await bareRate(lanes), await bareRate(2 * lanes)];
  const line = (name: string, mails: number, bare: number) =>
    `${name}: ${mails.toFixed(0)} mails/s, bare posts ${bare.toFixed(0)}/s (${(bare / mails).toFixed(1)}×)`;
  console.log(line("one worker", one, bareOne));
  console.log(line("two workers", two, bareTwo));

  expect(first).toBeLessThan(unnoticed);
  expect(password).toBeLessThan(unnoticed);
  expect(late).toBeLessThan(unnoticed);
});
