import { correct } from "./mending";
import { accept, block, decline, expire, type Operation, resend, revoke } from "./operations";
import { count } from "./world";

const sides = [accept, revoke, resend, decline, expire, correct, block];

/** Several of these about one invitation at the same moment, each from a browser of its own. */
export const duel: Operation = async (world, chance, organization, found) => {
  const fight = async (side: Operation) =>
    count(world, `in a duel, ${side.name}: ${await side(world, chance.apart(), organization, found)}`);
  await Promise.all(
    chance
      .shuffled(sides)
      .slice(0, 2 + chance.below(3))
      .map(fight),
  );
  return "fought out";
};
