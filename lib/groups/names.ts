import { type SQL, sql } from "drizzle-orm";

/**
 * What the group with this id is called, or was when it was deleted: rows that outlive a group keep its id alone, and what
 * it was stands in the audit.
 */
export const groupName = (organizationId: SQL, id: SQL): SQL => sql`coalesce(
  (select present_group.name from groups present_group where present_group.organization_id = ${organizationId} and present_group.id = ${id}),
  (select deleted_group.before ->> 'name' from audit_events deleted_group where deleted_group.organization_id = ${organizationId}
    and deleted_group.target_type = 'group' and deleted_group.target_id = ${id} and deleted_group.action = 'group.deleted'))`;
