import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { InvitationId, OutboxId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { revoke } from "@/lib/invitations/revoke";
import { testDatabase } from "@/lib/testing/database";
import {
  attemptsOf,
  letTimePass,
  nothingDue,
  plainMail,
  promise,
  readMail,
  sendAll,
  until,
} from "@/lib/testing/outbox";
import { freshEmail, granted, inviteOne, makeOwner } from "@/lib/testing/people";
import { throughResend } from "@/lib/testing/resend";
import { type Claim, claimNext } from "./claim";
import { complete } from "./complete";
import { enqueue, withdraw } from "./enqueue";
import { accepted, refusal, unanswered } from "./rules";
import { transport } from "./transport";
import { startWorker } from "./worker";

const resend = await throughResend();
testDatabase();
beforeEach(async () => {
  resend.forget();
  await db().execute(sql`delete from outbox`);
});

/** Claims the one mail that is due, as a worker would that is about to die. */
const claim = async (): Promise<Claim> => {
  const claimed = await claimNext();
  if (claimed === null || claimed === "settled" || "waitMs" in claimed) throw new Error("Nothing to claim");
  return claimed;
};

const send = async (claimed: Claim) => {
  const through = await transport();
  if (!through) throw new Error("No mail is configured");
  return through(claimed, new AbortController().signal);
};

const mails = () =>
  db().execute<{ id: OutboxId; state: string; attempts: number }>(
    sql`select state, attempts from outbox order by created_at`,
  );

const ends = {
  revoked: sql`revoked_at = clock_timestamp()`,
  declined: sql`declined_at = clock_timestamp()`,
  expired: sql`expires_at = clock_timestamp()`,
};
const end = (id: InvitationId, how: keyof typeof ends) =>
  db().execute(sql`update invitations set ${ends[how]} where id = ${id}`);

test("four workers send forty mails once each", async () => {
  await db().transaction((tx) =>
    enqueue(
      tx,
      Array.from({ length: 40 }, (_, n) => plainMail(`p${n}@example.org`)),
    ),
  );
  const workers = Array.from({ length: 4 }, startWorker);
  await until(nothingDue);
  await Promise.all(workers.map((worker) => worker.stop()));
  expect(resend.requests).toHaveLength(40);
  expect(new Set(resend.mails().map((mail) => mail.to)).size).toBe(40);
});

test("a worker killed after the provider accepted: the next one says the same under the same key, and it is one mail", async () => {
  const id = await promise(plainMail());
  await send(await claim());
  await letTimePass();
  await sendAll();
  expect(await readMail(id)).toMatchObject({ state: "sent", attempts: 2 });
  expect(await attemptsOf(id)).toMatchObject([
    { outcome: "lost", reason: "The worker stopped before the answer." },
    { outcome: "sent", providerMessageId: resend.mails()[0]?.id },
  ]);
  const [first, second] = resend.requests;
  expect(second).toMatchObject({ key: first?.key, body: first?.body });
  expect(resend.mails()).toHaveLength(1);
});

test("workers that look at the same moment take different mails, and none waits for another", async () => {
  await db().transaction((tx) =>
    enqueue(
      tx,
      Array.from({ length: 8 }, (_, n) => plainMail(`p${n}@example.org`)),
    ),
  );
  const claims = await Promise.all(Array.from({ length: 8 }, claim));
  expect(new Set(claims.map(({ id }) => id)).size).toBe(8);
});

test("a mail that somebody has in hand holds up no other", async () => {
  const [held, free] = [await promise(plainMail("ada@example.org")), await promise(plainMail("bob@example.org"))];
  await db().transaction(async (tx) => {
    await tx.execute(sql`select from outbox where id = ${held} for update`);
    expect((await claim()).id).toBe(free);
  });
});

test("nobody takes a mail that is leased", async () => {
  await promise(plainMail());
  await claim();
  expect(await claimNext()).toBeNull();
});

test("a worker that slept past its lease can't undo what the next one wrote, but its attempt keeps its answer", async () => {
  const id = await promise(plainMail());
  const sleeper = await claim();
  await letTimePass();
  await sendAll();
  await complete(sleeper, { ...accepted("late", 200), state: "queued" });
  expect(await readMail(id)).toMatchObject({ state: "sent", attempts: 2 });
  expect((await attemptsOf(id))[0]).toMatchObject({ outcome: "sent", providerMessageId: "late" });
});

test("nor can it end the try that is under way now", async () => {
  const id = await promise(plainMail());
  const sleeper = await claim();
  await letTimePass();
  await claim();
  await complete(sleeper, unanswered("Where am I?", true));
  expect(await readMail(id)).toMatchObject({ state: "sending", attempts: 2 });
});

describe("a worker that hears after its lease that the mail was accepted", () => {
  test("settles it when the next one's try was put off", async () => {
    const id = await promise(plainMail());
    const sleeper = await claim();
    await letTimePass();
    resend.next({ status: 500 });
    await sendAll();
    await complete(sleeper, accepted("late", 200));
    expect(await readMail(id)).toMatchObject({ state: "sent", reason: null, attempts: 2 });
    await letTimePass();
    await sendAll();
    expect(resend.requests).toHaveLength(1);
  });

  test("settles it when it counted as unknown", async () => {
    const id = await promise(plainMail());
    const sleeper = await claim();
    await db().execute(sql`update outbox set first_attempt_at = clock_timestamp() - interval '23 hours'`);
    await letTimePass();
    await sendAll();
    expect(await readMail(id)).toMatchObject({ state: "unknown" });
    await complete(sleeper, accepted("late", 200));
    expect(await readMail(id)).toMatchObject({ state: "sent", reason: null });
  });

  test("settles it once the next one's try, under way by then, was put off: also when what it speaks of has ended", async () => {
    const invitation = await inviteOne(await makeOwner(), freshEmail());
    const sleeper = await claim();
    await letTimePass();
    const next = await claim();
    await complete(sleeper, accepted("late", 200));
    await complete(next, refusal(500, "", "Internal Server Error", null));
    await end(invitation, "revoked");
    await db().transaction((tx) => withdraw(tx, [invitation]));
    await letTimePass();
    await sendAll();
    expect(await mails()).toEqual([{ state: "sent", attempts: 2 }]);
    expect(resend.requests).toHaveLength(0);
  });
});

test("after 23 hours of refusals it is unknown, and says that it did not go out", async () => {
  const id = await promise(plainMail());
  resend.next({ status: 503 });
  await sendAll();
  await db().execute(sql`update outbox set first_attempt_at = clock_timestamp() - interval '23 hours'`);
  await letTimePass();
  await sendAll();
  expect(await readMail(id)).toMatchObject({
    ...{ state: "unknown", attempts: 1 },
    reason: "It was refused each time for 23 hours, so it did not go out.",
  });
  expect(resend.requests).toHaveLength(1);
});

test("after 23 hours it is unknown, and not sent again", async () => {
  const id = await promise(plainMail());
  await claim();
  await db().execute(sql`update outbox set first_attempt_at = clock_timestamp() - interval '23 hours'`);
  await letTimePass();
  await sendAll();
  expect(await readMail(id)).toMatchObject({
    ...{ state: "unknown", attempts: 1, leaseUntil: null },
    reason: "Nobody confirmed it within 23 hours; it may have arrived.",
  });
  expect(resend.requests).toHaveLength(0);
});

test("once the secret of its link is gone it is unknown: another link would not be the same mail", async () => {
  await inviteOne(await makeOwner(), freshEmail());
  const { id } = await claim();
  await db().execute(sql`update outbox set secret_fingerprint = 'of another one'`);
  await letTimePass();
  await sendAll();
  expect(await readMail(id)).toMatchObject({
    state: "unknown",
    reason: "The secret that its link was made with is gone.",
  });
  expect(resend.requests).toHaveLength(0);
});

describe("an invitation that has ended", () => {
  test.each(["revoked", "declined", "expired"] as const)(
    "%s before its mail was claimed: cancelled, never sent",
    async (how) => {
      await end(await inviteOne(await makeOwner(), freshEmail()), how);
      await sendAll();
      expect(await mails()).toEqual([{ state: "cancelled", attempts: 0 }]);
      expect(resend.requests).toHaveLength(0);
    },
  );

  test("after a try the provider refused for now: cancelled", async () => {
    const id = await inviteOne(await makeOwner(), freshEmail());
    resend.next({ status: 500 });
    await sendAll();
    await end(id, "revoked");
    await letTimePass();
    await sendAll();
    expect(await mails()).toEqual([{ state: "cancelled", attempts: 1 }]);
  });

  test("after a try nobody knows the end of: unknown", async () => {
    const id = await inviteOne(await makeOwner(), freshEmail());
    await claim();
    await end(id, "revoked");
    await letTimePass();
    await sendAll();
    expect(await mails()).toEqual([{ state: "unknown", attempts: 1 }]);
  });

  test("its queued mail is taken back with it, also one that was refused before; one that is or was under way is not", async () => {
    const owner = await makeOwner();
    const lost = await inviteOne(owner, freshEmail());
    await complete(await claim(), unanswered("The connection was cut.", true));
    const refused = await inviteOne(owner, freshEmail());
    await complete(await claim(), refusal(500, "", "Internal Server Error", null));
    const underWay = await inviteOne(owner, freshEmail());
    await claim();
    const queued = await inviteOne(owner, freshEmail());
    await db().transaction((tx) => withdraw(tx, [lost, refused, underWay, queued]));
    expect(await mails()).toEqual([
      { state: "queued", attempts: 1 },
      { state: "cancelled", attempts: 1 },
      { state: "sending", attempts: 1 },
      { state: "cancelled", attempts: 0 },
    ]);
  });

  test("no attempt starts after the moment a revocation is dated, however close the race", async () => {
    const owner = await makeOwner();
    const worker = startWorker();
    for (let round = 0; round < 30; round++) await revokeAtOnce(owner);
    await until(nothingDue).finally(worker.stop);
    const late = await db().execute(sql`
      select from outbox_attempts a join outbox o on o.id = a.outbox_id join invitations i on i.id = o.invitation_id
      where a.started_at > i.revoked_at`);
    expect(late).toHaveLength(0);
    const states = new Set((await mails()).map((mail) => mail.state));
    expect([...states].every((state) => state === "cancelled" || state === "sent")).toBe(true);
  });

  const revokeAtOnce = async (owner: Actor) => {
    const id = await inviteOne(owner, freshEmail());
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 6));
    await revoke(granted(owner, "access.delete"), id);
  };
});
