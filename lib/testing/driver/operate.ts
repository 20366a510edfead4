import { backlog } from "./backlog";
import { byWeight, type Chance } from "./chance";
import { duel } from "./duel";
import { correct, lift, tryAgain } from "./mending";
import {
  accept,
  ask,
  block,
  decline,
  expire,
  forget,
  inviteAll,
  type Operation,
  remind,
  resend,
  revoke,
} from "./operations";
import type { MoodyProvider } from "./provider";
import { accountOf, count, countWaiting, findInvitation, freshAddress, type Standing, type World } from "./world";

const about = {
  ...{ revoke, resend, accept, decline, expire, ask, duel, forget },
  ...{ correct, tryAgain, block, lift, remind },
} satisfies Record<string, Operation>;
/** So few in all that half a minute sees each of them, if not always something to do for it. */
const weights = {
  ...{ revoke: 4, resend: 5, accept: 9, duel: 6 },
  ...{ decline: 2, expire: 2, ask: 2, forget: 1 },
  ...{ correct: 2, tryAgain: 2, block: 2, lift: 2, remind: 2 },
  ...{ invite: 5, many: 4 },
};
const wanted: Partial<Record<keyof typeof weights, Standing>> = { ask: "over", tryAgain: "failed", lift: "suppressed" };
/**
 * One operation in so many leaves a backlog of mail, unless there is one: not left to chance, so that there are some in
 * half a minute; and never one upon another, or the provider wants less for ever, and next to nothing is sent in hours.
 */
const backlogEvery = 8;
const backlogged = 100;
/** The people that operations are about move on slowly, so that many of them meet. */
const someone = (chance: Chance, step: number, fresh: string[]): string => {
  if (chance.percent(60)) return accountOf(Math.floor(step / 6) + chance.below(40));
  const email = freshAddress(chance);
  fresh.push(email);
  return email;
};

/** What is done next, by somebody with choices of their own, in as many operations as were begun. */
type Operate = (chance: Chance, step: number) => Promise<void>;

/**
 * Every operation in turn, each as often as its weight says, in an order of chance; a thing to do that isn't there to be
 * done becomes an invitation.
 */
export const operationsInTurn = (world: World, order: Chance, provider: MoodyProvider): Operate => {
  const next = order.inTurn(byWeight(weights));
  return async (chance, step) => {
    const organization = chance.oneOf(world.organizations);
    const isFor = async () => provider.wantsAsUsual() && (await countWaiting()) < backlogged;
    const kind = step % backlogEvery === 0 && (await isFor()) ? "backlog" : next();
    const fresh: string[] = [];
    const some = (many: number) => [...new Set(Array.from({ length: many }, () => someone(chance, step, fresh)))];
    if (kind === "backlog")
      return count(world, `backlog: ${await backlog(world, provider, chance, organization, some(30), fresh)}`);
    if (kind !== "invite" && kind !== "many")
      for (const each of chance.shuffled(world.organizations)) {
        const found = await findInvitation(each, chance, wanted[kind] ?? "open");
        if (found) return count(world, `${kind}: ${await about[kind](world, chance, each, found)}`);
      }
    const addresses = some(kind === "many" ? 5 + chance.below(15) : 1);
    count(world, `invite: ${await inviteAll(world, chance, organization, addresses, fresh)}`);
  };
};
