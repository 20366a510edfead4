import { db } from "@/db/client";
import { rights } from "@/lib/access/catalogue";
import type { GroupHolding } from "@/lib/access/covers";
import { readHandedOut } from "./hand-out";
import type { OfferShown } from "./queries";

/** A group of an invitation as the invited person reads it. */
export type Sight = { group: string; everything: boolean; lets: GroupHolding["holding"]["rights"] };

/** What joining will let the invited person do, by the groups as they are now; what nobody may hand them is not promised. */
export const readSights = async (offer: OfferShown): Promise<Sight[]> => {
  const { passing } = await readHandedOut(db(), offer);
  return passing.map(({ name, holding }) => ({
    group: name,
    everything: holding.rights.size === rights.length,
    lets: holding.rights,
  }));
};
