import { backlog } from "./backlog";
import type { Chance } from "./chance";
import { accept, ask, decline, duel, expire, forget, inviteAll, type Operation, resend, revoke } from "./operations";
import type { MoodyProvider } from "./provider";
import { accountOf, count, countWaiting, type Fate, findInvitation, type World } from "./world";

const about = { revoke, resend, accept, decline, expire, ask, duel, forget } satisfies Record<string, Operation>;
const weights = {
  ...{ revoke: 11, resend: 13, accept: 22, duel: 14 },
  ...{ decline: 5, expire: 6, ask: 5, forget: 3 },
  ...{ invite: 12, many: 9 },
};
/**
 * One operation in so many leaves a backlog of mail, unless there is one: not left to chance, so that there are some in
 * half a minute; and never one upon another, or the provider wants less for ever, and next to nothing is sent in hours.
 */
const backlogEvery = 8;
const backlogged = 100;
const fateWeights: Record<Fate, number> = {
  plain: 12,
  late: 2,
  bouncing: 2,
  spam: 1,
  unheard: 2,
  untagged: 2,
  refused: 1,
};

/** The people that operations are about move on slowly, so that many of them meet. */
const someone = (chance: Chance, step: number, fresh: string[]): string => {
  if (chance.percent(60)) return accountOf(Math.floor(step / 6) + chance.below(40));
  const email = `${chance.weighted(fateWeights)}-${step}-${chance.below(1_000_000)}@example.org`;
  fresh.push(email);
  return email;
};

/** One operation of this many; a thing to do that isn't there to be done becomes an invitation. */
export const operate = async (world: World, provider: MoodyProvider, chance: Chance, step: number): Promise<void> => {
  const organization = chance.oneOf(world.organizations);
  const isFor = async () => provider.wantsAsUsual() && (await countWaiting()) < backlogged;
  const kind = step % backlogEvery === 0 && (await isFor()) ? "backlog" : chance.weighted(weights);
  const fresh: string[] = [];
  const some = (many: number) => [...new Set(Array.from({ length: many }, () => someone(chance, step, fresh)))];
  if (kind === "backlog")
    return count(world, `backlog: ${await backlog(world, provider, chance, organization, some(30), fresh)}`);
  if (kind !== "invite" && kind !== "many") {
    const found = await findInvitation(organization, chance, kind === "ask" ? "over" : "open");
    if (found) return count(world, `${kind}: ${await about[kind](world, chance, organization, found)}`);
  }
  const addresses = some(kind === "many" ? 5 + chance.below(15) : 1);
  count(world, `invite: ${await inviteAll(world, chance, organization, addresses, fresh)}`);
};
