import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Replica } from "../fleet";
import { aDayLater, endLeases, hurry } from "../passing";
import type { Chance } from "./chance";
import type { MoodyProvider } from "./provider";
import { count, type World } from "./world";

// What breaks while people press on. Every fault mends itself before the next one: what it may leave behind is mail that
// somebody has to finish.

type Scene = { world: World; chance: Chance; provider: MoodyProvider; replica: Replica };
type Fault = (scene: Scene) => Promise<unknown>;

const restart = async (...replicas: readonly Replica[]) => {
  await endLeases();
  for (const replica of replicas) await replica.start();
};

const kill: Fault = async ({ replica }) => {
  await replica.kill();
  await restart(replica);
};

const killAll: Fault = async ({ world: { fleet } }) => {
  await Promise.all(fleet.replicas.map((replica) => replica.kill()));
  await restart(...fleet.replicas);
};

/** Everybody is killed while the provider has mail that nobody has heard of yet. */
const killUnanswered: Fault = async ({ world, provider }) => {
  const before = world.fleet.provider.requests.length;
  provider.storm("silent", 3);
  for (let waits = 0; waits < 40 && world.fleet.provider.requests.length === before; waits++) await sleep(25);
  await Promise.all(world.fleet.replicas.map((replica) => replica.kill()));
  provider.calm();
  await restart(...world.fleet.replicas);
};

/** The same, and it is 25 hours until somebody is there again. */
const stayAway: Fault = async ({ world, provider }) => {
  provider.storm("vanish", 3);
  await sleep(100);
  await Promise.all(world.fleet.replicas.map((replica) => replica.kill()));
  provider.calm();
  await aDayLater();
  await restart(...world.fleet.replicas);
};

/** One sleeps past its lease and wakes when others have gone on. */
const freeze: Fault = async ({ replica, chance }) => {
  replica.freeze();
  await sleep(chance.below(200));
  await endLeases();
  await sleep(200 + chance.below(400));
  replica.wake();
};

/** Killed while it sleeps. */
const freezeAndKill: Fault = async ({ replica }) => {
  replica.freeze();
  await sleep(200);
  await replica.kill();
  await restart(replica);
};

const loseReplies: Fault = async ({ replica, chance }) => {
  for (let left = 1 + chance.below(3); left > 0; left--) await Promise.race([replica.wire.next("cut"), sleep(1_000)]);
  replica.wire.calm();
};

const lateReplies: Fault = async ({ replica }) => {
  await Promise.race([replica.wire.next("hold"), sleep(1_000)]);
  replica.wire.calm();
  await endLeases();
  await sleep(300);
  replica.wire.letGo();
};

const breakWires: Fault = async ({ replica }) => replica.wire.break();

const storm: Fault = async ({ chance, provider }) => {
  provider.storm(chance.oneOf(["broken", "too many", "vanish", "garbled", "hang up", "slow"]), 5 + chance.below(25));
  await sleep(200);
};

const silence: Fault = async ({ provider }) => provider.storm("silent", 2);

/** Our key is refused for a while; then time passes until somebody asks whether it still is. */
const refuseUs: Fault = async ({ provider }) => {
  provider.storm("no key", 3);
  await sleep(400);
  provider.calm();
  await hurry();
};

/** What is stored of a mail that waits can't be read any more. */
const spoil: Fault = async () =>
  db().execute(sql`
    update outbox set payload = '{"kind": "greeting"}' where id in (
      select id from outbox where state = 'queued' and attempts = 0 limit 1 for update skip locked)`);

const faults = {
  ...{ kill, killAll, killUnanswered, stayAway, freeze, freezeAndKill, loseReplies, lateReplies, breakWires },
  ...{ storm, silence, refuseUs, spoil },
} satisfies Record<string, Fault>;
const names = Object.keys(faults).filter((name): name is keyof typeof faults => name in faults);

/** Every fault in turn, in an order of chance, one at a time and on one replica or the other. */
export const faultsInTurn = (world: World, chance: Chance, provider: MoodyProvider) => {
  const next = chance.inTurn(names);
  return async (): Promise<void> => {
    const name = next();
    await faults[name]({ world, chance, provider, replica: chance.oneOf(world.fleet.replicas) });
    count(world, `fault: ${name}`);
  };
};
