import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { DomainId, GroupId, OrganizationId, SourceId, UserId } from "@/db/schema/ids";
import { type Page, type Paging, readPage } from "@/lib/paging";
import type { Actor } from "./actor";
import { type AnyRight, plainly, rightOf, scopedRightOf } from "./catalogue";
import { type Grant, grant } from "./grant";

// The question of `visible.ts` turned round: not what an actor sees, but who sees a thing, and through which groups. A test
// holds the two together.

export type On = Readonly<{ source: SourceId }> | Readonly<{ domain: DomainId }>;

/**
 * The grant for asking who sees something. Either right will do, for with either one the same can be put together from
 * other pages: groups show their members and policies, people show what they may see and why. Both name what policies are
 * on, whether whoever reads sees the thing itself or not.
 */
export const mayAskWho = (actor: Actor): Grant<"groups.read"> | Grant<"access.read"> | null =>
  grant(actor, "groups.read") ?? grant(actor, "access.read");

/** What the policies of a group give of one kind: everything without `of`, else some schemas or tables. */
export type Gives = Readonly<{
  right: AnyRight;
  of: { kind: "schema" | "table"; count: number; names: readonly string[] } | null;
}>;
/** A group that lets people see the thing. Owners give everything. */
export type Giver = Readonly<{ id: GroupId; name: string; owners: boolean; gives: readonly Gives[] }>;
export type Seer = Readonly<{ id: UserId; name: string; email: string; through: readonly Giver[] }>;

/** So many people are shown at a time, like in User Management. */
const pageSize = 25;

/** Policies `p` that let see it: on it or in it, and those on all of its kind. Any operation implies `read`. */
export const letSee = (on: On): SQL =>
  "source" in on
    ? sql`(p.source_id = ${on.source} or p.permission = 'sources')`
    : sql`(p.domain_id = ${on.domain} or p.permission = 'domains')`;

// Owners first.
const key = sql`(case when people.owner then 'a' else 'b' end || lower(people.name))`;

/** One page of the active members who see a source or domain, owners first, then by name. */
export const readSeers = async (
  granted: Grant<"groups.read"> | Grant<"access.read">,
  on: On,
  paging: Paging,
): Promise<Page<Seer>> => {
  const { organizationId } = granted;
  const page = await readPage(paging, { key, id: sql`people.id`, size: pageSize }, ({ rest, tail }) =>
    db().execute<Omit<Seer, "through"> & { groups: GroupId[]; key: string }>(sql`
      with givers as (
        select g.id, g.name, g.built_in from groups g
        where g.organization_id = ${organizationId} and (g.built_in = 'owners'
          or exists (select from policies p where p.group_id = g.id and ${letSee(on)}))
      ), people as (
        select m.user_id as id, m.name, m.email, coalesce(bool_or(g.built_in = 'owners'), false) as owner,
          array_agg(g.id order by g.built_in nulls last, lower(g.name)) as groups
        from givers g
          join group_members gm on gm.organization_id = ${organizationId} and gm.group_id = g.id
          join memberships m on m.organization_id = gm.organization_id and m.user_id = gm.user_id and m.deactivated_at is null
        group by m.user_id, m.name, m.email
      )
      select people.id, people.name, people.email, people.groups, ${key} as key from people where ${rest} ${tail}`),
  );
  const givers = await readGivers(organizationId, on, [...new Set(page.rows.flatMap(({ groups }) => groups))]);
  const rows = page.rows.map(({ id, name, email, groups }) => ({
    ...{ id, name, email },
    through: groups.map((group) => givers.get(group)).filter((giver) => giver !== undefined),
  }));
  return { ...page, rows };
};

type Row = {
  id: GroupId;
  name: string;
  owners: boolean;
  permission: string | null;
  operation: string | null;
  kind: "schema" | "table" | null;
  count: number;
  names: string[] | null;
};

/**
 * What these groups give. A group may have thousands of policies on the tables of a source: they are counted, and three
 * of them named.
 */
export const readGivers = async (
  organizationId: OrganizationId,
  on: On,
  ids: readonly GroupId[],
): Promise<Map<GroupId, Giver>> => {
  if (ids.length === 0) return new Map();
  const name = sql`concat(lies_in.name || '.', a.name)`;
  const rows = await db().execute<Row>(sql`
    select g.id, g.name, coalesce(g.built_in = 'owners', false) as owners, p.permission, p.operation, a.kind, count(*)::int,
      (array_agg(${name} order by ${name}) filter (where a.id is not null))[1:3] as names
    from groups g
      left join policies p on p.group_id = g.id and ${letSee(on)}
      left join assets a on a.organization_id = p.organization_id and a.source_id = p.source_id and a.id = p.asset_id
      left join assets lies_in on lies_in.id = a.schema_id
    where g.organization_id = ${organizationId} and g.id in ${ids}
    group by g.id, p.permission, p.operation, a.kind
    order by a.kind nulls first, p.permission, array_position(array['read', 'create', 'edit', 'delete'], p.operation)`);
  const givers = new Map<GroupId, Giver>();
  for (const row of rows) {
    const giver = givers.get(row.id) ?? { id: row.id, name: row.name, owners: row.owners, gives: [] };
    givers.set(row.id, { ...giver, gives: [...giver.gives, ...givesOf(row)] });
  }
  return givers;
};

const givesOf = ({ permission, operation, kind, count, names }: Row): Gives[] => {
  const right = rightOf(permission ?? "", operation ?? "") ?? scopedRightOf(permission ?? "", operation ?? "");
  return right ? [{ right, of: kind && { kind, count, names: names ?? [] } }] : [];
};

const list = new Intl.ListFormat("en");

/** What a group gives, in words: `see all sources`, `see schemas sales, staff and 4 others`. */
export const givesInWords = ({ right, of }: Gives): string => {
  if (!right.startsWith("assets.")) return plainly(right);
  const verb = right === "assets.edit" ? "change descriptions and tags of" : "see";
  if (!of) return `${verb} everything in it`;
  const others = of.count - of.names.length;
  const kind = of.count === 1 ? of.kind : `${of.kind}s`;
  const more = others > 0 ? [`${others.toLocaleString("en")} ${others === 1 ? "other" : "others"}`] : [];
  return `${verb} ${kind} ${list.format([...of.names, ...more])}`;
};
