import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { DomainId, SourceId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/grant";
import { isId } from "@/lib/access/policy";
import { holdsOnAsset, holdsOnDomain, seesAsset, seesDomain } from "@/lib/access/visible";
import { type Page, type Paging, readPage } from "@/lib/paging";
import { containing } from "@/lib/search";
import { type AssetRow, assetColumns, withSchema } from "@/lib/sources/queries";

// As in `lib/sources/queries.ts`: each filters by the actor's policies in its one statement. A domain says nothing of what
// it gathers that doesn't show to the actor in its source: it is in no row and no count.

/** So many rows fill two screens. */
export const pageSize = 50;

export type DomainRow = Readonly<{
  id: DomainId;
  name: string;
  description: string;
  /** How much of what it gathers shows to the actor, the tables of its schemas counted too. */
  schemas: number;
  tables: number;
}>;

const domainColumns = sql`d.id, d.name, d.description, gathered.schemas, gathered.tables`;

/** How much of what a domain `d` gathers shows to the actor: both kinds counted in one go. */
const gathered = (actor: Actor): SQL => sql`cross join lateral (
  select count(*) filter (where a.kind = 'schema')::int as schemas, count(*) filter (where a.kind = 'table')::int as tables
  from assets a where ${seesAsset(actor)} and a.id in (
    select da.asset_id from domain_assets da where da.domain_id = d.id
    union select brought.id from domain_assets da
      join assets brought on brought.source_id = da.source_id and brought.schema_id = da.asset_id
      where da.domain_id = d.id)) gathered`;

/** The domains that show to the actor, by name. Only for those of the page is counted what they gather. */
export const listDomains = (actor: Actor, paging: Paging): Promise<Page<DomainRow>> =>
  readPage(paging, { key: sql`lower(d.name)`, id: sql`d.id`, size: pageSize }, ({ rest, tail }) =>
    db().execute<DomainRow & { key: string }>(sql`
      select ${domainColumns}, lower(d.name) as key from (
        select * from domains d
        where ${seesDomain(actor)} and ${says(paging, sql`d.name`, sql`d.description`)} and ${rest} ${tail}) d
      ${gathered(actor)} ${tail}`),
  );

/** What is searched for stands in one of these. */
const says = ({ q }: Paging, ...texts: SQL[]): SQL =>
  q === ""
    ? sql`true`
    : sql`(${sql.join(
        texts.map((text) => sql`lower(${text}) like ${containing(q)}`),
        sql` or `,
      )})`;

export type Domain = DomainRow & Readonly<{ mayEdit: boolean; mayDelete: boolean }>;

/** One domain; null for an id that names none which shows to the actor. */
export const readDomain = async (actor: Actor, id: string): Promise<Domain | null> => {
  if (!isId(id)) return null;
  const [row] = await db().execute<Domain>(sql`
    select ${domainColumns}, ${holdsOnDomain(actor, "domain.edit")} as "mayEdit",
      ${holdsOnDomain(actor, "domain.delete")} as "mayDelete"
    from domains d ${gathered(actor)} where d.id = ${id} and ${seesDomain(actor)}`);
  return row ?? null;
};

/** A schema or table with the source it is of. */
export type Gathered = AssetRow & Readonly<{ source: SourceId; sourceName: string }>;

/**
 * Also a table whose schema the domain gathers: those are found, and only what was put into it `itself` can be taken out.
 * `whole`: the actor sees all of it, and could put it in again.
 */
export type DomainAsset = Gathered & Readonly<{ itself: boolean; whole: boolean }>;

const ofDomain = (id: DomainId): SQL => sql`(select da.asset_id from domain_assets da where da.domain_id = ${id})`;
const from = sql`${withSchema} join sources s on s.id = a.source_id`;
const columns = sql`${assetColumns}, s.id as source, s.name as "sourceName"`;
const fullName = sql`concat(schema.name || '.', a.name)`;
// Schemas first: there are few of them, and they bring the rest.
const key = sql`(case a.kind when 'schema' then 'a' else 'b' end || lower(s.name) || ' ' || ${fullName})`;
const byKind = { key, id: sql`a.id`, size: pageSize };
const fits = (paging: Paging): SQL => says(paging, fullName, sql`a.description`, sql`s.name`);

/**
 * What a domain gathers, as far as it shows to the actor, schemas first: what was put into it, and, when something is
 * searched for, also the tables that its schemas bring.
 */
export const listDomainAssets = (actor: Actor, id: DomainId, paging: Paging): Promise<Page<DomainAsset>> => {
  const brought = paging.q === "" ? sql`false` : sql`a.schema_id in ${ofDomain(id)}`;
  return readPage(paging, byKind, ({ rest, tail }) =>
    db().execute<DomainAsset & { key: string }>(sql`
      select ${columns}, a.id in ${ofDomain(id)} as itself, ${holdsOnAsset(actor, "assets.read")} as whole, ${key} as key
      from ${from}
      where (a.id in ${ofDomain(id)} or ${brought}) and ${seesAsset(actor)}
        and exists (select from domains d where d.id = ${id} and ${seesDomain(actor)})
        and ${fits(paging)} and ${rest} ${tail}`),
  );
};

/** What whoever edits a domain could put into it: what they see all of, and it doesn't gather yet, schemas first. */
export const listCandidates = ({ actor, on }: Grant<"domain.edit">, paging: Paging): Promise<Page<Gathered>> =>
  readPage(paging, byKind, ({ rest, tail }) =>
    db().execute<Gathered & { key: string }>(sql`
      select ${columns}, ${key} as key from ${from}
      where ${holdsOnAsset(actor, "assets.read")} and a.id not in ${ofDomain(on.domain)}
        and coalesce(a.schema_id not in ${ofDomain(on.domain)}, true) and ${fits(paging)} and ${rest} ${tail}`),
  );
