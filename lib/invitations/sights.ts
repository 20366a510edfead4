import { db } from "@/db/client";
import { inWords, readFirstPolicies } from "@/lib/access/named";
import { readHandedOut } from "./hand-out";
import type { OfferShown } from "./queries";

/** A group of an invitation as the invited person reads it. */
export type Sight = {
  group: string;
  everything: boolean;
  /** The first few of what it lets them do, and how much more there is. */
  lets: string[];
  more: number;
};

/** A group can let see thousands of tables; the card stays one. */
const mostNamed = 6;

/** What joining will let the invited person do, by the groups as they are now; what nobody may hand them is not promised. */
export const readSights = async (offer: OfferShown): Promise<Sight[]> => {
  const { passing } = await readHandedOut(db(), offer);
  const ids = passing.map(({ id }) => id);
  // One more than is named where there are many: where there are only so many, none is left to be counted.
  const given = await readFirstPolicies(db(), offer.organizationId, ids, mostNamed + 1);
  return passing.map(({ id, name, holding }) => {
    const { first, all } = given.get(id) ?? { first: [], all: 0 };
    const lets = first.slice(0, all > mostNamed + 1 ? mostNamed : all).map(inWords);
    return { group: name, everything: holding.owner, lets, more: all - lets.length };
  });
};
