import { db } from "@/db/client";
import { inWords, readPolicies } from "@/lib/access/named";
import { readHandedOut } from "./hand-out";
import type { OfferShown } from "./queries";

/** A group of an invitation as the invited person reads it. */
export type Sight = { group: string; everything: boolean; lets: string[] };

/** What joining will let the invited person do, by the groups as they are now; what nobody may hand them is not promised. */
export const readSights = async (offer: OfferShown): Promise<Sight[]> => {
  const { passing } = await readHandedOut(db(), offer);
  const policies = await readPolicies(
    db(),
    offer.organizationId,
    passing.map(({ id }) => id),
  );
  return passing.map(({ id, name, holding }) => ({
    group: name,
    everything: holding.owner,
    lets: policies.filter(({ group }) => group === id).map(inWords),
  }));
};
