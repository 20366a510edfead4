import { setTimeout as sleep } from "node:timers/promises";
import type { Chance } from "./chance";
import { correct } from "./mending";
import { judgeMoment } from "./moment";
import { block, inviteAll, resend, revoke } from "./operations";
import type { MoodyProvider } from "./provider";
import { count, findWaiting, type Organization, type World } from "./world";

/**
 * So many are invited that their mail waits, the provider wanting less of it; and at once some are revoked or corrected,
 * some sent again and some refused, of those whose mail was tried in vain and of those whose mail nobody has tried yet.
 */
export const backlog = (
  world: World,
  provider: MoodyProvider,
  chance: Chance,
  organization: Organization,
  addresses: readonly string[],
  fresh: readonly string[],
): Promise<string> =>
  provider.during("too many", async () => {
    await inviteAll(world, chance, organization, addresses, fresh);
    const waiting = (tried: boolean) => findWaiting(organization, addresses, tried);
    for (let waits = 0; waits < 60 && (await waiting(true)).length === 0; waits++) await sleep(50);
    const tried = chance.shuffled(await waiting(true)).slice(0, 3);
    const untried = chance.shuffled(await waiting(false)).slice(0, 3);
    const meanwhile = [...tried, ...untried].map(async (found, place) => {
      const press = [chance.oneOf([revoke, correct]), block, resend][place % 3] ?? revoke;
      count(world, `of a backlog, ${press.name}: ${await press(world, chance.apart(), organization, found)}`);
    });
    await Promise.all(meanwhile);
    await judgeMoment();
    return "some taken back";
  });
