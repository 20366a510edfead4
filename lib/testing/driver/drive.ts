import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { tendInvitations } from "@/lib/invitations/due";
import type { Fleet } from "../fleet";
import { endLeases, hurry } from "../passing";
import { chanceOf } from "./chance";
import { faultsInTurn } from "./faults";
import { arrived, countReminders, judge, statesOfMail } from "./judgement";
import { judgeMoment } from "./moment";
import { operationsInTurn } from "./operate";
import { moodyProvider } from "./provider";
import { reporter } from "./reports";
import { makeWorld } from "./world";

/** People who press at the same time. */
const people = 6;

/**
 * How much is done: so many operations, with a fault for `every` so many; or what there is time for, where that is less,
 * but at `least` so many, should that take up to four times as long: a run that has done next to nothing shows nothing.
 */
export type Drive = Readonly<{ seed: number; operations: number; every: number; seconds: number; least: number }>;

/**
 * Lets people press and things break, as the seed has it, then lets everything come to its end, and judges. Gives what was
 * done, how much mail arrived `meanwhile`, before everything was put right, and what is wrong.
 */
export const drive = async (fleet: Fleet, { seed, operations, every, seconds, least }: Drive) => {
  const chance = chanceOf(seed);
  const world = await makeWorld(fleet);
  const provider = moodyProvider(chance.apart());
  const reports = reporter(world, chance.apart());
  fleet.provider.behaves({ otherwise: provider.otherwise, taken: reports.taken });

  const began = performance.now();
  let [steps, broken, over] = [0, 0, false];
  const inTime = () => performance.now() - began < seconds * 1000 * (steps < least ? 4 : 1);
  const more = () => !over && inTime() && (steps < operations || broken * every < operations);

  const operate = operationsInTurn(world, chance.apart(), provider);
  const pressing = async (own = chance.apart()) => {
    while (more()) await operate(own, steps++);
  };
  const breaking = async (breakOne = faultsInTurn(world, chance.apart(), provider)) => {
    while (more()) {
      if (steps < (broken + 1) * every) await sleep(50);
      else await breakOne().then(() => broken++);
    }
  };
  const hurrying = async () => {
    for (; more(); await sleep(300)) {
      await hurry("tried");
      await judgeMoment();
    }
  };
  // Whoever meets a defect ends it for all, once they have finished what they were at.
  const ending = (error: unknown): never => {
    over = true;
    throw error;
  };
  const lanes = [...Array.from({ length: people }, () => pressing()), breaking(), hurrying()];
  for (const lane of await Promise.allSettled(lanes.map((each) => each.catch(ending))))
    if (lane.status === "rejected") throw lane.reason;

  const meanwhile = arrived(await statesOfMail());
  provider.calm();
  for (const replica of fleet.replicas) replica.wire.calm();
  // What time alone asks for, a server does within the minute: done now, none is promised while we judge.
  await tendInvitations();
  const left = sql<{ n: number }>`select count(*)::int as n from outbox where state in ('queued', 'sending')`;
  for (let tries = 0; tries < 600; tries++, await sleep(200)) {
    await hurry("all");
    if (tries % 10 === 9) await endLeases();
    const [waiting] = await db().execute<{ n: number }>(left);
    if (reports.left() === 0 && waiting?.n === 0) break;
  }
  return {
    steps,
    broken,
    meanwhile,
    tally: Object.fromEntries([...world.tally].sort()),
    states: await statesOfMail(),
    reminders: await countReminders(),
    wrong: await judge(world),
  };
};
