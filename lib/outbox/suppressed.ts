import { type SQL, sql } from "drizzle-orm";
import type { OrganizationId } from "@/db/schema/ids";

/**
 * Whether mail of an organization to an address is held back because it bounced there or was marked as spam, until an
 * owner lifts it. Both may be values or columns of the statement around it.
 */
export const isSuppressedSql = (organizationId: OrganizationId | SQL, email: string | SQL): SQL =>
  sql`exists (select from suppressions standing where standing.organization_id = ${organizationId}
    and standing.email = ${email} and standing.lifted_at is null)`;

/** Why no invitation is mailed to an address: what its suppression or block says; null when nothing stands against it. */
export type HeldBack = "bounced" | "complained" | "blocked";
export const whyHeldBackSql = (organizationId: OrganizationId | SQL, email: string | SQL): SQL =>
  sql`case when ${isBlockedSql(organizationId, email)} then 'blocked'
    else (select standing.because from suppressions standing where standing.organization_id = ${organizationId}
      and standing.email = ${email} and standing.lifted_at is null) end`;

/** Whether whoever reads mail at an address wants no more invitations from an organization, or from any. */
export const isBlockedSql = (organizationId: OrganizationId | SQL, email: string | SQL): SQL =>
  sql`exists (select from blocks refusing where refusing.email = ${email}
    and (refusing.organization_id = ${organizationId} or refusing.organization_id is null))`;
