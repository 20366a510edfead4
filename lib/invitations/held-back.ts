import { sql } from "drizzle-orm";
import type { OrganizationChange } from "@/lib/access/change";
import { mailIsConfigured } from "@/lib/outbox";
import { type HeldBack, whyHeldBackSql } from "@/lib/outbox/suppressed";

/**
 * Why no invitation is mailed to an address; null when nothing stands against it, and without mail: a link that is handed
 * over reaches whoever mail doesn't.
 */
export const readHeldBack = async (
  { tx, organizationId }: Pick<OrganizationChange, "tx" | "organizationId">,
  email: string,
): Promise<HeldBack | null> => {
  if (!mailIsConfigured()) return null;
  const [row] = await tx.execute<{ because: HeldBack | null }>(sql`
    select ${whyHeldBackSql(organizationId, email)} as because`);
  return row?.because ?? null;
};
