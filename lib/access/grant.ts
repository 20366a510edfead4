import { sql } from "drizzle-orm";
import { db, type Queryable } from "@/db/client";
import type { AssetId, DomainId, OrganizationId, SourceId } from "@/db/schema/ids";
import { done, type Result, refused } from "@/lib/result";
import type { Actor } from "./actor";
import { type AnyRight, isOf, isWhole, type Right, type ScopedRight } from "./catalogue";
import { isId, type Resource, type ResourceOf } from "./policy";
import {
  holdsOnAllAssets,
  holdsOnAsset,
  holdsOnDomain,
  holdsOnSource,
  seesAsset,
  seesDomain,
  seesSource,
} from "./visible";

declare const proof: unique symbol;

/**
 * Evidence that this actor holds this right in this organization, on the resource it is about. Queries and commands
 * demand it, so a forgotten check doesn't compile. Only `grant` and `grantOn` make one; a test refuses the cast elsewhere.
 */
export type Grant<R extends AnyRight> = Readonly<{
  right: R;
  on: R extends ScopedRight ? ResourceOf<R> : null;
  actor: Actor;
  organizationId: OrganizationId;
  [proof]: true;
}>;

/** The grant, or null when the actor doesn't hold the right. */
export const grant = <R extends Right>(actor: Actor, right: R): Grant<R> | null =>
  actor.rights.has(right) ? ({ right, on: null, actor, organizationId: actor.organizationId } as Grant<R>) : null;

/** A resource as addresses and forms name it: `{ source }`, `{ source, asset }` (null for everything) or `{ domain }`. */
export type Named<R extends ScopedRight> = R extends `source.${string}`
  ? { source: string }
  : R extends `assets.${string}`
    ? { source: string; asset: string | null }
    : { domain: string };

/**
 * The grant for one resource. Refuses `not-found` when it doesn't show to the actor, whatever the reason, and `forbidden`
 * when it shows but they lack the right.
 */
export const grantOn = async <R extends ScopedRight>(
  actor: Actor,
  right: R,
  named: Named<R>,
  database: Queryable = db(),
): Promise<Result<Grant<R>>> => {
  const found = await find(database, actor, right, named);
  if (!found) return refused({ code: "not-found" });
  if (!found.held) return refused({ code: "forbidden", missing: right });
  return done({ right, on: found.on, actor, organizationId: actor.organizationId } as Grant<AnyRight> as Grant<R>);
};

/** Whether the actor, as they are now, still holds what was granted. Refuses as `grantOn` does. */
export const stillHeld = async (
  database: Queryable,
  actor: Actor,
  { right, on }: Readonly<{ right: AnyRight; on: Resource | null }>,
): Promise<Result<null>> => {
  const found = isWhole(right) ? { held: actor.rights.has(right) } : on && (await find(database, actor, right, on));
  if (!found) return refused({ code: "not-found" });
  return found.held ? done(null) : refused({ code: "forbidden", missing: right });
};

type Found = { on: Resource; held: boolean };

/** The resource, if it shows to the actor, and whether they hold the right on it. */
const find = async (
  database: Queryable,
  actor: Actor,
  right: ScopedRight,
  named: { source?: string; asset?: string | null; domain?: string },
): Promise<Found | null> => {
  const { source, asset, domain } = named;
  if (![source, asset, domain].every((id) => id === undefined || id === null || isId(id))) return null;
  if (isOf(right, "domain")) {
    const [row] = await database.execute<{ domain: DomainId; held: boolean }>(sql`
      select d.id as domain, ${holdsOnDomain(actor, right)} as held
      from domains d where d.id = ${domain} and ${seesDomain(actor)}`);
    return row ? { on: { domain: row.domain }, held: row.held } : null;
  }
  if (isOf(right, "source") || asset === null) {
    const held = isOf(right, "source") ? holdsOnSource(actor, right) : holdsOnAllAssets(actor, right);
    const [row] = await database.execute<{ source: SourceId; held: boolean }>(sql`
      select s.id as source, ${held} as held from sources s where s.id = ${source} and ${seesSource(actor)}`);
    const on =
      row && (isOf(right, "source") ? { source: row.source } : { source: row.source, asset: null, schema: null });
    return on ? { on, held: row.held } : null;
  }
  const [row] = await database.execute<{ source: SourceId; asset: AssetId; schema: AssetId | null; held: boolean }>(sql`
    select a.source_id as source, a.id as asset, a.schema_id as schema, ${holdsOnAsset(actor, right)} as held
    from assets a where a.source_id = ${source} and a.id = ${asset} and ${seesAsset(actor)}`);
  return row ? { on: { source: row.source, asset: row.asset, schema: row.schema }, held: row.held } : null;
};
