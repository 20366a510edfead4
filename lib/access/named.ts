import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import type { GroupId, OrganizationId } from "@/db/schema/ids";
import { catalogue, type Operation, plainly, split } from "./catalogue";
import { columnsOf, keyOf, type Policy, policyOf, type Stored } from "./policy";

/** What a policy is on, by name; what it has no part of is null. A table has its schema's name too. */
export type Names = Readonly<{
  source: string | null;
  schema: string | null;
  table: string | null;
  domain: string | null;
}>;
export type NamedPolicy = Readonly<{ policy: Policy; names: Names }>;

type Row = Names & { stored: Stored };

/** Policies with the names of what they are on, if it belongs to this organization; `from` has the columns of `policies`. */
const named = (organizationId: OrganizationId, from: SQL, more: SQL = sql``): SQL => sql`
  select json_build_array(p.permission, p.operation, s.id, a.id, a.schema_id, d.id) as stored, s.name as source,
    case a.kind when 'schema' then a.name else lies_in.name end as schema, case a.kind when 'table' then a.name end as "table",
    d.name as domain${more}
  from ${from} p
    left join sources s on s.organization_id = ${organizationId} and s.id = p.source_id
    left join assets a on a.organization_id = ${organizationId} and a.source_id = p.source_id and a.id = p.asset_id
    left join assets lies_in on lies_in.id = a.schema_id
    left join domains d on d.organization_id = ${organizationId} and d.id = p.domain_id
  where num_nonnulls(s.id, a.id, d.id) = num_nonnulls(p.source_id, p.asset_id, p.domain_id)`;

/** By name, then as the catalogue orders operations. */
const order = sql`lower(s.name) nulls first, lower(d.name) nulls first, a.kind nulls first, coalesce(lies_in.name, a.name),
  a.name, array_position(array['read', 'create', 'edit', 'delete'], p.operation)`;
const inOrder = sql`order by ${order}`;

const policyIn = ({ stored, source, schema, table, domain }: Row): NamedPolicy[] => {
  const policy = policyOf(stored);
  return policy ? [{ policy, names: { source, schema, table, domain } }] : [];
};

/** The policies of these groups with the names of what they are on, in the order of the catalogue, then by name. */
export const readPolicies = async (
  database: Queryable,
  organizationId: OrganizationId,
  groups: readonly GroupId[],
): Promise<(NamedPolicy & { group: GroupId })[]> => {
  if (groups.length === 0) return [];
  const rows = await database.execute<Row & { group: GroupId }>(
    sql`${named(organizationId, ofGroups(organizationId, groups), sql`, p.group_id as "group"`)} ${inOrder}`,
  );
  return ordered(rows.flatMap((row) => policyIn(row).map((policy) => ({ ...policy, group: row.group }))));
};

const ofGroups = (organizationId: OrganizationId, groups: readonly GroupId[]): SQL =>
  sql`(select * from policies where organization_id = ${organizationId} and group_id in ${groups})`;

/**
 * The first few policies of each of these groups, those on resources before the rest, and how many it has in all: a group
 * may have thousands. Groups without any are left out.
 */
export const readFirstPolicies = async (
  database: Queryable,
  organizationId: OrganizationId,
  groups: readonly GroupId[],
  most: number,
): Promise<ReadonlyMap<GroupId, { first: readonly NamedPolicy[]; all: number }>> => {
  if (groups.length === 0) return new Map();
  const place = sql`row_number() over (partition by p.group_id order by num_nonnulls(p.source_id, p.domain_id) = 0,
    array_position(string_to_array(${permissions.join()}, ','), p.permission), ${order})`;
  const more = sql`, p.group_id as "group", count(*) over (partition by p.group_id)::int as "all", ${place} as place`;
  const rows = await database.execute<Row & { group: GroupId; all: number }>(sql`
    select * from (${named(organizationId, ofGroups(organizationId, groups), more)}) placed
    where place <= ${most} order by place`);
  const read = new Map<GroupId, { first: NamedPolicy[]; all: number }>();
  for (const row of rows) {
    const { first } = read.get(row.group) ?? { first: [] };
    read.set(row.group, { first: [...first, ...policyIn(row)], all: row.all });
  }
  return read;
};

/**
 * These policies, each once and in order, with names and the schema that each table lies in; null when one is on
 * something that doesn't exist in this organization.
 */
export const locate = async (
  database: Queryable,
  organizationId: OrganizationId,
  policies: readonly Policy[],
): Promise<NamedPolicy[] | null> => {
  const keys = new Set(policies.map(keyOf));
  const from = sql`(select distinct permission, operation, "sourceId" as source_id, "assetId" as asset_id, "domainId" as domain_id
    from ${asRows(policies)})`;
  const found = (await database.execute<Row>(sql`${named(organizationId, from)} ${inOrder}`)).flatMap(policyIn);
  return found.length === keys.size ? ordered(found) : null;
};

/** Policies as rows `w`, for statements that take many at once. */
export const asRows = (policies: readonly Policy[]): SQL => sql`
  jsonb_to_recordset(${JSON.stringify(policies.map(columnsOf))}::jsonb)
    as w(permission text, operation text, "sourceId" uuid, "assetId" uuid, "domainId" uuid)`;

const permissions = Object.keys(catalogue);
const rank = ({ policy }: NamedPolicy): number => permissions.indexOf(split(policy.right)[0]);
const ordered = <P extends NamedPolicy>(policies: P[]): P[] => policies.toSorted((a, b) => rank(a) - rank(b));

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
export const inWords = ({ policy, names }: NamedPolicy): string => {
  const [permission, operation] = split(policy.right);
  return verbs[permission]?.[operation]?.(names) ?? plainly(policy.right);
};
