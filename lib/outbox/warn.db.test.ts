import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import type { OutboxId } from "@/db/schema/ids";
import { makeChallenge } from "@/lib/auth/challenges";
import { log } from "@/lib/log";
import { testDatabase } from "@/lib/testing/database";
import { letTimePass, nothingDue, promise, readMail, sendAll, until } from "@/lib/testing/outbox";
import { inviteOne, makeOwner } from "@/lib/testing/people";
import { throughResend } from "@/lib/testing/resend";
import { claimNext } from "./claim";
import { takeReport } from "./events";
import { startWorker } from "./worker";

// What no page shows, whoever runs the product reads in its log: a code or a reset belongs to no organization.
const resend = await throughResend();
testDatabase();
const warnings = vi.spyOn(log, "warn");

beforeEach(async () => {
  resend.forget();
  await db().execute(sql`delete from outbox`);
  warnings.mockClear();
});

const to = "ada@example.org";
const promiseCode = async () => {
  const challengeId = await db().transaction((tx) => makeChallenge(tx, { purpose: "sign-up", email: to }));
  return promise({ kind: "code", to, challengeId, purpose: "sign-up" });
};
const badEnds = ["failed", "bounced", "complained", "suppressed"] as const;
/** Lets the provider report so of a mail, once again under the same id and once under another. */
const report = async (mail: OutboxId, kind: (typeof badEnds)[number]) => {
  const said = { kind, occurredAt: new Date(), reason: "No domain", permanent: false, mail, to: [to] };
  for (const id of ["one", "one", "two"])
    await takeReport({ ...said, id: `${mail}-${id}`, messageId: resend.mails()[0]?.id });
};
/** What was warned of, in the fields of the log. */
const warned = () => warnings.mock.calls.map(([fields]) => fields);

describe("one warning names kind, id, what became of it and why, when a code", () => {
  test("is refused for good, without the code and without links, however many workers there are", async () => {
    resend.next({ status: 500 });
    const id = await promiseCode();
    await sendAll();
    expect(warnings, "it is tried again").not.toHaveBeenCalled();
    const code = /\b\d{6}\b/.exec(JSON.parse(resend.requests[0]?.body ?? "{}").text)?.[0] ?? "";
    expect(code).toMatch(/^\d{6}$/);
    resend.next({ status: 422, message: `No ${code}: see https://gatehouse.example.org/reset-password/x` });
    await letTimePass();
    const workers = [startWorker(), startWorker()];
    await until(nothingDue);
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(warned()).toEqual([{ kind: "code", id, status: "failed", reason: "No …: see (a link)" }]);
  });

  test("may have gone when nobody was there to hear of it, and it is too late now", async () => {
    const id = await promiseCode();
    await claimNext();
    await db().execute(sql`update challenges set ended_at = now()`);
    await letTimePass();
    await sendAll();
    const reason = "It was stopped while it was being sent; it may have arrived.";
    expect(warned()).toEqual([{ kind: "code", id, status: "unknown", reason }]);
  });

  test("can't be written", async () => {
    const id = await promiseCode();
    await db().execute(sql`update outbox set payload = '{"kind": "greeting"}'`);
    await sendAll();
    expect(warned()).toEqual([
      { kind: "code", id, status: "failed", reason: "What was stored is not a mail we know." },
    ]);
  });

  test("is one that the provider knows with other words in it", async () => {
    resend.next({ status: 409, name: "invalid_idempotent_request", message: "Used before" });
    const id = await promiseCode();
    await sendAll();
    expect(warned()).toEqual([
      { kind: "code", id, status: "unknown", reason: "It may have arrived with other words in it: Used before" },
    ]);
  });

  test.each(badEnds)("was taken, and is then reported as %s, however often", async (kind) => {
    const id = await promiseCode();
    await sendAll();
    await report(id, kind);
    expect((await readMail(id)).state).toBe(kind);
    expect(warned()).toEqual([{ kind: "code", id, status: kind, reason: "No domain" }]);
  });
});

test.each(["bounced", "complained", "suppressed"] as const)(
  "nothing is said of an organization's mail that is reported as %s: its own people read of it",
  async (kind) => {
    await inviteOne(await makeOwner(), to);
    await sendAll();
    const [mail] = await db().execute<{ id: OutboxId }>(sql`select id from outbox where kind = 'invitation'`);
    if (!mail) throw new Error("Nothing was promised");
    await report(mail.id, kind);
    expect((await readMail(mail.id)).state).toBe(kind);
    expect(warnings).not.toHaveBeenCalled();
  },
);

test("nothing is said of a mail that was sent, or that was taken back", async () => {
  await promiseCode();
  await sendAll();
  const ended = await promiseCode();
  await db().execute(sql`update challenges set ended_at = now()`);
  await sendAll();
  expect((await readMail(ended)).state).toBe("cancelled");
  expect(warnings).not.toHaveBeenCalled();
});
