import { sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import type { OrganizationId } from "@/db/schema/ids";
import { config } from "@/lib/config.mjs";

/** SPEC section 10: invitations of one organization in 24 hours. A young organization on an open server gets few. */
const perDay = { young: 50, grown: 500, closed: 20_000 };

/**
 * How many more invitations the organization may make now, and, if it wanted `wanted`, when the next one is free. Counts
 * rows, so revoking wins nothing back; exact while the caller holds the organization's row lock.
 */
export const readQuota = async (
  database: Queryable,
  organizationId: OrganizationId,
  wanted: number,
): Promise<{ left: number; until: Date | null }> => {
  const { invitesPerDay, signupMode } = config();
  const [row] = await database.execute<{ young: boolean; used: number }>(sql`
    select o.created_at > clock_timestamp() - interval '30 days' as young,
      (select count(*)::int from invitations i
        where i.organization_id = o.id and i.created_at > clock_timestamp() - interval '24 hours') as used
    from organizations o where o.id = ${organizationId}`);
  const open = row?.young ? perDay.young : perDay.grown;
  const limit = invitesPerDay ?? (signupMode === "open" ? open : perDay.closed);
  const left = Math.max(0, limit - (row?.used ?? 0));
  if (wanted <= left) return { left, until: null };
  const [oldest] = await database.execute<{ until: string }>(sql`
    select created_at + interval '24 hours' as until from invitations
    where organization_id = ${organizationId} and created_at > clock_timestamp() - interval '24 hours'
    order by created_at desc offset ${Math.max(0, limit - 1)} limit 1`);
  // With a limit of zero nothing frees it but the operator; a day is the soonest that asking again makes sense.
  return { left, until: oldest ? new Date(oldest.until) : new Date(Date.now() + 24 * 3600_000) };
};
