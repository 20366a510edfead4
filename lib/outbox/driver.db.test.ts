import { randomInt } from "node:crypto";
import { expect, inject, test } from "vitest";
import { drive } from "@/lib/testing/driver/drive";
import { arrived } from "@/lib/testing/driver/judgement";
import { openFleet } from "@/lib/testing/fleet";

declare module "vitest" {
  interface ProvidedContext {
    driver: { seed: number | null; operations: number | null };
  }
}

// People press on two servers while servers are killed and frozen, answers are lost, and the provider has moods. When all
// is over, every mail has left once or says why it didn't.
const fleet = await openFleet();

const { seed, operations } = inject("driver");
const chosen = seed ?? randomInt(2 ** 31);
const drives = operations
  ? [{ seed: chosen, operations, every: 50, seconds: Number.POSITIVE_INFINITY, least: 0 }]
  : [...new Set([20_260_723, chosen])].map((each) => {
      return { seed: each, operations: Number.POSITIVE_INFINITY, every: 12, seconds: 25, least: 60 };
    });

/** What there isn't always something to do for in half a minute. */
const mended = ["correct: corrected", "tryAgain: tried", "block: stopped", "lift: lifted, and resent"];

test.each(drives)(
  "mail is never lost and never doubled, whatever breaks: seed $seed",
  async (wanted) => {
    console.log(`DRIVER_SEED=${wanted.seed}`);
    const { steps, broken, meanwhile, tally, states, reminders, wrong } = await drive(fleet, wanted);
    console.log(
      `${steps} operations, ${broken} faults, ${meanwhile} mails arrived meanwhile, ${reminders} reminders`,
      tally,
      states,
    );
    expect(wrong).toEqual([]);
    expect(arrived(states)).toBeGreaterThan(0);
    // A drive that waits until all is well again before anything is sent has broken nothing.
    expect(meanwhile).toBeGreaterThan(operations ? arrived(states) / 2 : 0);
    expect(states.cancelled, "some mail was taken back while it waited").toBeGreaterThan(0);
    expect(broken).toBeGreaterThan(0);
    if (operations) for (const each of mended) expect(tally[each], each).toBeGreaterThan(0);
    if (operations) expect(reminders).toBeGreaterThan(0);
  },
  operations ? 7_200_000 : 300_000,
);
