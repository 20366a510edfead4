import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { OrganizationId } from "@/db/schema/ids";

/** The NOTIFY channel that says of which organization the mail has come further. */
export const deliveries = "deliveries";

/**
 * Tells every open page of an organization to look again at what became of its mail, once this transaction commits. To be
 * called wherever the state of a mail changes. Mail of no organization is on nobody's page.
 */
export const announce = async (tx: Tx, organizationId: OrganizationId | null): Promise<void> => {
  if (organizationId !== null) await tx.execute(sql`select pg_notify(${deliveries}, ${organizationId})`);
};

/** The same for a statement that changes mails, of whichever organizations: it must return their `organization_id`. */
export const announced = (change: SQL): SQL => sql`
  with changed as (${change})
  select pg_notify(${deliveries}, organization_id::text) from changed where organization_id is not null group by organization_id`;
