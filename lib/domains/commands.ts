import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { domains } from "@/db/schema";
import type { AssetId, DomainId, GroupId } from "@/db/schema/ids";
import { change, unchanged } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { recordLoss } from "@/lib/access/loss";
import { holdsOnAsset, seesAsset } from "@/lib/access/visible";
import { type Drawn, merged } from "@/lib/meanwhile";
import { done, type Result, refused } from "@/lib/result";
import type { NewDomain } from "./schema";

/** Makes a domain that gathers nothing yet. Refuses a name that another domain has, whatever its case. */
export const createDomain = (granted: Grant<"domains.create">, input: NewDomain): Promise<Result<DomainId>> =>
  change(granted, async ({ tx, organizationId, record }) => {
    const { name, description } = input;
    const [row] = await tx.insert(domains).values({ organizationId, name, description }).returning({ id: domains.id });
    if (!row) throw new Error("An insert that gave no row");
    record({ action: "domain.created", target: { type: "domain", id: row.id }, after: { name, description } });
    return done(row.id);
  });

/**
 * Calls a domain something else, and says what it is; what others changed of it since the form was `drawn` stays. Refuses a
 * name that another domain has, and what two changed at once.
 */
export const changeDomain = (
  granted: Grant<"domain.edit">,
  { name, description }: Pick<NewDomain, "name" | "description">,
  drawn?: Drawn,
): Promise<Result<null>> =>
  change(granted, async ({ tx, record }) => {
    const { domain: id } = granted.on;
    const before = await readDetails(tx, id);
    if (!before) return refused({ code: "not-found" });
    const settled = merged(before, { name, description }, drawn);
    if (!settled.ok) return settled;
    const after = settled.value;
    if (before.name === after.name && before.description === after.description) return unchanged(null);
    await tx.update(domains).set(after).where(eq(domains.id, id));
    record({ action: "domain.changed", target: { type: "domain", id }, before, after });
    return done(null);
  });

/**
 * Gathers schemas, which bring their tables along, and tables; gives how many are new in it. Refuses all when one doesn't
 * show to the editor. A schema that only stands around a table of theirs doesn't count as seen: it would bring the others.
 */
export const addAssets = (granted: Grant<"domain.edit">, assets: readonly AssetId[]): Promise<Result<number>> =>
  change(granted, async ({ tx, organizationId, actor, record }) => {
    const { domain: id } = granted.on;
    const chosen = sql`(select distinct value::uuid from jsonb_array_elements_text(${JSON.stringify(assets)}::jsonb))`;
    const [seen] = await tx.execute<{ all: boolean }>(sql`
      select count(*) = (select count(*) from ${chosen} c) as all from assets a
      where a.id in ${chosen} and ${holdsOnAsset(actor, "assets.read")}`);
    if (!seen?.all) return refused({ code: "not-found" });
    const added = await tx.execute<{ asset_id: AssetId }>(sql`
      insert into domain_assets (organization_id, domain_id, source_id, asset_id)
      select a.organization_id, ${id}, a.source_id, a.id from assets a
      where a.organization_id = ${organizationId} and a.id in ${chosen}
      on conflict do nothing returning asset_id`);
    if (added.length === 0) return unchanged(0);
    const after = { assets: added.map((row) => row.asset_id).toSorted() };
    record({ action: "domain.assets_added", target: { type: "domain", id }, after });
    return done(added.length);
  });

/** Takes a schema or table out of a domain; gives its name. Refuses one that isn't in it, or doesn't show to the editor. */
export const removeAsset = (granted: Grant<"domain.edit">, asset: AssetId): Promise<Result<string>> =>
  change(granted, async ({ tx, actor, record }) => {
    const { domain: id } = granted.on;
    const [removed] = await tx.execute<{ name: string }>(sql`
      delete from domain_assets da using assets a left join assets lies_in on lies_in.id = a.schema_id
      where da.domain_id = ${id} and da.asset_id = ${asset} and a.id = da.asset_id and ${seesAsset(actor)}
      returning concat(lies_in.name || '.', a.name) as name`);
    if (!removed) return refused({ code: "not-found" });
    record({ action: "domain.asset_removed", target: { type: "domain", id }, before: { asset } });
    return done(removed.name);
  });

/** Deletes a domain with every policy on it, with an event for each group that loses some. What it gathered stays in its sources. */
export const deleteDomain = (granted: Grant<"domain.delete">): Promise<Result<null>> =>
  change(granted, async (change) => {
    const { tx, record } = change;
    const { domain: id } = granted.on;
    const details = await readDetails(tx, id);
    if (!details) return refused({ code: "not-found" });
    const [had] = await tx.execute<{ assets: AssetId[]; groups: GroupId[] }>(sql`
      select array(select asset_id from domain_assets where domain_id = ${id} order by 1) as assets,
        array(select distinct group_id from policies where domain_id = ${id} order by 1) as groups`);
    await recordLoss(change, { domain: id });
    await tx.delete(domains).where(eq(domains.id, id));
    record({ action: "domain.deleted", target: { type: "domain", id }, before: { ...details, ...had } });
    return done(null);
  });

const readDetails = async (tx: Tx, id: DomainId) => {
  const [row] = await tx
    .select({ name: domains.name, description: domains.description })
    .from(domains)
    .where(eq(domains.id, id));
  return row;
};
