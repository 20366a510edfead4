import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { assets, sources } from "@/db/schema";
import type { AssetId, DomainId, GroupId, OrganizationId, SourceId } from "@/db/schema/ids";
import { change, unchanged } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { recordLoss } from "@/lib/access/loss";
import { type Drawn, merged } from "@/lib/meanwhile";
import { done, type Result, refused } from "@/lib/result";
import type { AssetDetails, SourceDetails } from "./schema";

/**
 * Calls a source something else, and says what it is; what others changed of it since the form was `drawn` stays. Refuses
 * a name that another source has, whatever its case, and what two changed at once.
 */
export const changeSource = (
  granted: Grant<"source.edit">,
  { name, description, tags }: Pick<SourceDetails, "name" | "description" | "tags">,
  drawn?: Drawn,
): Promise<Result<null>> =>
  change(granted, async ({ tx, organizationId, record }) => {
    const { source: id } = granted.on;
    const before = await readDetails(tx, organizationId, id);
    if (!before) return refused({ code: "not-found" });
    const settled = merged(before, { name, description, tags }, drawn);
    if (!settled.ok) return settled;
    const after = settled.value;
    if (isSame(before, after)) return unchanged(null);
    await tx.update(sources).set(after).where(eq(sources.id, id));
    record({ action: "source.changed", target: { type: "source", id }, before, after });
    return done(null);
  });

/** Hides the assets of a source from everybody until it is enabled again. Policies and descriptions stay. */
export const disable = (granted: Grant<"source.edit">): Promise<Result<null>> => turn(granted, "disabled");

/** Shows the assets of a source again to whom policies let see them. */
export const enable = (granted: Grant<"source.edit">): Promise<Result<null>> => turn(granted, "enabled");

const turn = (granted: Grant<"source.edit">, to: "enabled" | "disabled"): Promise<Result<null>> =>
  change(granted, async ({ tx, now, record }) => {
    const { source: id } = granted.on;
    const turned = await tx
      .update(sources)
      .set({ disabledAt: to === "disabled" ? now : null })
      .where(and(eq(sources.id, id), to === "disabled" ? sql`disabled_at is null` : sql`disabled_at is not null`))
      .returning({ id: sources.id });
    if (turned.length === 0) return unchanged(null);
    record({ action: `source.${to}`, target: { type: "source", id } });
    return done(null);
  });

/**
 * Deletes a source with its assets and every policy on them, with an event for each group that loses some; domains lose
 * what they had of it, likewise. The database that it read is not touched.
 */
export const deleteSource = (granted: Grant<"source.delete">): Promise<Result<null>> =>
  change(granted, async (change) => {
    const { tx, organizationId, record } = change;
    const { source: id } = granted.on;
    const [before] = await tx.execute<{ name: string; host: string; database: string; groups: GroupId[] }>(sql`
      select s.name, s.host, s.database, array(select distinct p.group_id from policies p where p.source_id = s.id) as groups
      from sources s where s.organization_id = ${organizationId} and s.id = ${id}`);
    if (!before) return refused({ code: "not-found" });
    await recordLoss(change, { source: id });
    const emptied = await tx.execute<{ id: DomainId; assets: AssetId[] }>(sql`
      select domain_id as id, array_agg(asset_id order by asset_id) as assets from domain_assets
      where organization_id = ${organizationId} and source_id = ${id} group by domain_id`);
    for (const { id: domain, assets } of emptied)
      record({ action: "domain.assets_removed", target: { type: "domain", id: domain }, before: { assets } });
    await tx.delete(sources).where(eq(sources.id, id));
    record({ action: "source.deleted", target: { type: "source", id }, before });
    return done(null);
  });

/** Says what a schema or table is, like `changeSource`. */
export const changeAsset = (
  granted: Grant<"assets.edit">,
  { description, tags }: Pick<AssetDetails, "description" | "tags">,
  drawn?: Drawn,
): Promise<Result<null>> =>
  change(granted, async ({ tx, record }) => {
    const { asset: id } = granted.on;
    if (!id) return refused({ code: "not-found" });
    const [before] = await tx
      .select({ description: assets.description, tags: assets.tags })
      .from(assets)
      .where(eq(assets.id, id));
    if (!before) return refused({ code: "not-found" });
    const settled = merged(before, { description, tags }, drawn);
    if (!settled.ok) return settled;
    const after = settled.value;
    if (isSame(before, after)) return unchanged(null);
    await tx.update(assets).set(after).where(eq(assets.id, id));
    record({ action: "asset.changed", target: { type: "asset", id }, before, after });
    return done(null);
  });

const readDetails = async (tx: Tx, organizationId: OrganizationId, id: SourceId) => {
  const [row] = await tx
    .select({ name: sources.name, description: sources.description, tags: sources.tags })
    .from(sources)
    .where(and(eq(sources.organizationId, organizationId), eq(sources.id, id)));
  return row;
};

type Details = { name?: string; description: string; tags: string[] };

const isSame = (one: Details, other: Details): boolean =>
  one.name === other.name && one.description === other.description && one.tags.join("\n") === other.tags.join("\n");
