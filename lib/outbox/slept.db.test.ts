import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { attemptsOf, plainMail, promise, readMail, until } from "@/lib/testing/outbox";
import { throughResend } from "@/lib/testing/resend";
import { startWorker } from "./worker";

// One worker falls asleep between its claim and its first word to the provider, past a lease that is a second here.
const sleeper = vi.hoisted(() => ({ alarm: Promise.resolve(), asleep: false }));
vi.mock("./rules", async (original) => ({ ...(await original<typeof import("./rules")>()), leaseSeconds: 1 }));
vi.mock("./claim", async (original) => {
  const { claimNext, ...rest } = await original<typeof import("./claim")>();
  const claimAndSleep: typeof claimNext = async (which) => {
    const claim = await claimNext(which);
    if (claim === null || claim === "settled" || "waitMs" in claim || sleeper.asleep) return claim;
    sleeper.asleep = true;
    await sleeper.alarm;
    return claim;
  };
  return { ...rest, claimNext: claimAndSleep };
});

const resend = await throughResend();
testDatabase();

test("a worker that wakes when its lease is over says nothing to the provider: somebody else has this mail now", async () => {
  let wake = () => {};
  sleeper.alarm = new Promise((resolve) => {
    wake = resolve;
  });
  const id = await promise(plainMail());
  const one = startWorker();
  await until(
    sql`exists (select from outbox where id = ${id} and state = 'sending' and lease_until < clock_timestamp())`,
  );
  const other = startWorker();
  await until(sql`exists (select from outbox where id = ${id} and state = 'sent')`);
  wake();
  await Promise.all([one.stop(), other.stop()]);
  expect(resend.requests).toHaveLength(1);
  expect(await attemptsOf(id)).toMatchObject([{ outcome: "lost" }, { outcome: "sent" }]);
  expect(await readMail(id)).toMatchObject({ state: "sent", attempts: 2 });
});
