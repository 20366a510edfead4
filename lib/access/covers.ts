import { sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import type { GroupId, OrganizationId } from "@/db/schema/ids";
import { type Holding, holdingOf } from "./actor";

/** Nobody hands out more than they hold (SPEC section 3): whether everything in `handedOut` is also in `held`. */
export const covers = (held: Holding, handedOut: Holding): boolean =>
  (held.owner || !handedOut.owner) && [...handedOut.rights].every((right) => held.rights.has(right));

/** A group with what it lets its members do. */
export type GroupHolding = Readonly<{ id: GroupId; name: string; builtIn: "owners" | null; holding: Holding }>;

/** The groups of an organization among `ids`, by name. Unknown and foreign ids are left out. */
export const readGroupHoldings = async (
  database: Queryable,
  organizationId: OrganizationId,
  ids: readonly GroupId[],
): Promise<GroupHolding[]> => {
  if (ids.length === 0) return [];
  const rows = await database.execute<{ id: GroupId; name: string; built_in: "owners" | null; policies: string[] }>(sql`
    select g.id, g.name, g.built_in,
      coalesce(array_agg(p.permission || '.' || p.operation) filter (where p.id is not null), '{}') as policies
    from groups g left join policies p on p.organization_id = g.organization_id and p.group_id = g.id
    where g.organization_id = ${organizationId} and g.id in ${ids}
    group by g.id order by lower(g.name)`);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    builtIn: row.built_in,
    holding: holdingOf(row.built_in === "owners", row.policies),
  }));
};
