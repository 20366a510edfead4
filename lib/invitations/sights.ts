import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { GroupId } from "@/db/schema/ids";
import { rights } from "@/lib/access/catalogue";
import { type GroupHolding, readGroupHoldings } from "@/lib/access/covers";
import type { OfferShown } from "./queries";

/** A group of an invitation as the invited person reads it. */
export type Sight = { group: string; everything: boolean; lets: GroupHolding["holding"]["rights"] };

/** What the groups of an invitation will let its person do, as they are now. */
export const readSights = async (offer: OfferShown): Promise<Sight[]> => {
  const wanted = await db().execute<{ group_id: GroupId }>(
    sql`select group_id from invitation_groups where invitation_id = ${offer.id}`,
  );
  const ids = wanted.map((row) => row.group_id);
  const groups = await readGroupHoldings(db(), offer.organizationId, ids);
  return groups.map(({ name, holding }) => ({
    group: name,
    everything: holding.rights.size === rights.length,
    lets: holding.rights,
  }));
};
