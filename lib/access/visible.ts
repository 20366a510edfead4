import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "./actor";
import { type Operation, type Permission, rightOf, type ScopedRight, split } from "./catalogue";

// What an actor sees and may do, as conditions for the `where` of any query: the SQL twin of `covers`, and a test holds the
// two together. Each names its tenant, and asks the actor's policies once for the whole statement, never for each row.

type On = "source_id" | "asset_id" | "domain_id";

/** The resources that policies of the actor are on; any operation implies `read`. */
const resources = (actor: Actor, column: On, permission: Permission, operation: Operation): SQL => sql`
  select p.${sql.identifier(column)} from group_members gm
    join policies p on p.group_id = gm.group_id and p.permission = ${permission}
  where gm.organization_id = ${actor.organizationId} and gm.user_id = ${actor.userId}
    and p.${sql.identifier(column)} is not null${operation === "read" ? sql`` : sql` and p.operation = ${operation}`}`;

const holdsAll = (actor: Actor, permission: Permission, operation: Operation): boolean => {
  const right = rightOf(permission, operation);
  return actor.owner || (right !== undefined && actor.rights.has(right));
};

/** Whether the actor holds this on a source, beside `sources s`. */
export const holdsOnSource = (actor: Actor, right: Extract<ScopedRight, `source.${string}`>): SQL => {
  const [permission, operation] = split(right);
  return sql`(s.organization_id = ${actor.organizationId} and ${
    holdsAll(actor, "sources", operation)
      ? sql`true`
      : sql`s.id in (${resources(actor, "source_id", permission, operation)})`
  })`;
};

/** Whether a source shows to the actor, beside `sources s`: by a right on it, or by one on any of its assets. */
export const seesSource = (actor: Actor): SQL => {
  if (holdsAll(actor, "sources", "read")) return sql`(s.organization_id = ${actor.organizationId})`;
  return sql`(${holdsOnSource(actor, "source.read")} or s.organization_id = ${actor.organizationId}
    and s.id in (${resources(actor, "source_id", "assets", "read")}))`;
};

/** Whether the actor holds this on everything of a source that is enabled, beside `sources s`. */
export const holdsOnAllAssets = (actor: Actor, right: Extract<ScopedRight, `assets.${string}`>): SQL =>
  sql`(s.organization_id = ${actor.organizationId} and s.disabled_at is null and ${
    actor.owner ? sql`true` : sql`s.id in (${everything(actor, split(right)[1])})`
  })`;

/** The sources on all of whose assets the actor holds this. */
const everything = (actor: Actor, operation: Operation): SQL =>
  sql`${resources(actor, "source_id", "assets", operation)} and p.asset_id is null`;

const enabled = (actor: Actor): SQL =>
  sql`a.organization_id = ${actor.organizationId} and a.source_id in (
    select id from sources where organization_id = ${actor.organizationId} and disabled_at is null)`;

/** Whether the actor holds this on an asset, beside `assets a`: by the asset, its schema or everything. Of an enabled source. */
export const holdsOnAsset = (actor: Actor, right: Extract<ScopedRight, `assets.${string}`>): SQL =>
  sql`(${enabled(actor)} and ${holds(actor, split(right)[1])})`;

// A schema lies in no schema, and `null in (…)` would make the whole unknown instead of false.
const holds = (actor: Actor, operation: Operation): SQL =>
  actor.owner
    ? sql`true`
    : sql`(a.source_id in (${everything(actor, operation)})
        or a.id in (${resources(actor, "asset_id", "assets", operation)})
        or coalesce(a.schema_id in (${resources(actor, "asset_id", "assets", operation)}), false))`;

/** Whether an asset shows to the actor, beside `assets a`; a schema shows also around a table that does. */
export const seesAsset = (actor: Actor): SQL =>
  actor.owner
    ? sql`(${enabled(actor)})`
    : sql`(${enabled(actor)} and (${holds(actor, "read")} or a.id in (
        select t.schema_id from assets t where t.schema_id is not null
          and t.id in (${resources(actor, "asset_id", "assets", "read")}))))`;

/** Whether the actor holds this on a domain, beside `domains d`. */
export const holdsOnDomain = (actor: Actor, right: Extract<ScopedRight, `domain.${string}`>): SQL => {
  const [permission, operation] = split(right);
  return sql`(d.organization_id = ${actor.organizationId} and ${
    holdsAll(actor, "domains", operation)
      ? sql`true`
      : sql`d.id in (${resources(actor, "domain_id", permission, operation)})`
  })`;
};

/** Whether a domain shows to the actor, beside `domains d`. What it gathers shows by the rule for assets alone. */
export const seesDomain = (actor: Actor): SQL => holdsOnDomain(actor, "domain.read");
