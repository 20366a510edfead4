import { sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import type { GroupId, OrganizationId } from "@/db/schema/ids";
import { catalogue, type Operation, plainly, split } from "./catalogue";
import { type Policy, policyOf, type Stored } from "./policy";

/** What a policy is on, by name; what it has no part of is null. A table has its schema's name too. */
export type Names = Readonly<{
  source: string | null;
  schema: string | null;
  table: string | null;
  domain: string | null;
}>;
export type NamedPolicy = Readonly<{ group: GroupId; policy: Policy; names: Names }>;

/** The policies of these groups with the names of what they are on, in the order of the catalogue, then by name. */
export const readPolicies = async (
  database: Queryable,
  organizationId: OrganizationId,
  groups: readonly GroupId[],
): Promise<NamedPolicy[]> => {
  if (groups.length === 0) return [];
  const rows = await database.execute<Names & { group: GroupId; stored: Stored }>(sql`
    select p.group_id as "group", s.name as source, d.name as domain,
      json_build_array(p.permission, p.operation, p.source_id, p.asset_id, a.schema_id, p.domain_id) as stored,
      case a.kind when 'schema' then a.name else lies_in.name end as schema, case a.kind when 'table' then a.name end as "table"
    from policies p
      left join sources s on s.id = p.source_id
      left join assets a on a.id = p.asset_id
      left join assets lies_in on lies_in.id = a.schema_id
      left join domains d on d.id = p.domain_id
    where p.organization_id = ${organizationId} and p.group_id in ${groups}
    order by lower(s.name) nulls first, lower(d.name) nulls first, a.kind nulls first, schema, "table",
      array_position(array['read', 'create', 'edit', 'delete'], p.operation)`);
  const named = rows.flatMap(({ group, stored, source, schema, table, domain }) => {
    const policy = policyOf(stored);
    return policy ? [{ group, policy, names: { source, schema, table, domain } }] : [];
  });
  return named.toSorted((a, b) => place(a.policy) - place(b.policy));
};

const permissions = Object.keys(catalogue);
const place = ({ right }: Policy): number => permissions.indexOf(split(right)[0]);

/** `everything in Snowflake`, `schema sales of Snowflake`, `domain Finance`; null for the whole organization. */
export const placeOf = ({ source, schema, table, domain }: Names): string | null => {
  if (domain) return `domain ${domain}`;
  if (!source) return null;
  if (table) return `table ${schema}.${table} of ${source}`;
  return schema ? `schema ${schema} of ${source}` : `everything in ${source}`;
};

const verbs: Record<string, Partial<Record<Operation, (names: Names) => string>>> = {
  source: {
    read: ({ source }) => `see the source ${source}`,
    edit: ({ source }) => `enable, disable and change the source ${source}`,
    delete: ({ source }) => `delete the source ${source}`,
  },
  assets: {
    read: (names) => `see ${placeOf(names)}`,
    edit: (names) => `change descriptions and tags of ${placeOf(names)}`,
  },
  domain: {
    read: ({ domain }) => `see the domain ${domain}`,
    edit: ({ domain }) => `change the domain ${domain} and its assets`,
    delete: ({ domain }) => `delete the domain ${domain}`,
  },
};

/** What a policy lets a person do: `invite users`, `see schema sales of Snowflake`. */
export const inWords = ({ policy, names }: Pick<NamedPolicy, "policy" | "names">): string => {
  const [permission, operation] = split(policy.right);
  return verbs[permission]?.[operation]?.(names) ?? plainly(policy.right);
};
