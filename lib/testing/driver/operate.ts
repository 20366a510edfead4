import type { Chance } from "./chance";
import { accept, ask, decline, duel, expire, forget, inviteAll, type Operation, resend, revoke } from "./operations";
import { accountOf, count, type Fate, findInvitation, type World } from "./world";

const about = { revoke, resend, accept, decline, expire, ask, duel, forget } satisfies Record<string, Operation>;
const weights = {
  revoke: 9,
  resend: 9,
  accept: 9,
  decline: 4,
  expire: 5,
  ask: 5,
  duel: 8,
  forget: 3,
  invite: 40,
  many: 8,
};
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
export const operate = async (world: World, chance: Chance, step: number): Promise<void> => {
  const organization = chance.oneOf(world.organizations);
  const kind = chance.weighted(weights);
  if (kind !== "invite" && kind !== "many") {
    const newcomers = chance.percent(8)
      ? world.invited.slice(-60).filter(({ organization: at }) => at === organization.id)
      : [];
    const email =
      newcomers.length > 0 ? chance.oneOf(newcomers).email : accountOf(Math.floor(step / 6) + chance.below(40));
    const found = await findInvitation(organization, email, kind === "ask" ? "over" : "open");
    if (found) return count(world, `${kind}: ${await about[kind](world, chance, organization, found)}`);
  }
  const fresh: string[] = [];
  const addresses = Array.from({ length: kind === "many" ? 5 + chance.below(15) : 1 }, () =>
    someone(chance, step, fresh),
  );
  count(world, `invite: ${await inviteAll(world, chance, organization, [...new Set(addresses)], fresh)}`);
};
