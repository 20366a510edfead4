import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { AssetId, DomainId, SourceId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { addAssets, createDomain } from "@/lib/domains/commands";
import { NewDomain } from "@/lib/domains/schema";
import { changeAsset, changeSource } from "@/lib/sources/commands";
import { connect, refresh } from "@/lib/sources/connect";
import { AssetDetails, ConnectInput, SourceDetails } from "@/lib/sources/schema";
import { by, byOn, must } from "./acting";
import type { Urls } from "./databases";
import { type Described, domains, sources, words } from "./words";

/** A source that was read, with what was found in it by name: `sales`, `sales.orders`. */
export type Connected = Readonly<{ id: SourceId; asset: (name: string) => AssetId }>;
export type Sources = Readonly<Record<keyof Urls, Connected>>;

/** Connects both databases, as a person would: each is visited and read. */
export const connectSources = async (owner: Actor, urls: Urls): Promise<Sources> => {
  const connectOne = async (of: keyof Urls): Promise<Connected> => {
    const { name, description, tags } = sources[of];
    const input = ConnectInput.parse({ name, url: urls[of] });
    const id = must(await connect(by(owner, "sources.create"), input));
    const details = SourceDetails.parse({ source: id, name, description, tags });
    must(await changeSource(await byOn(owner, "source.edit", { source: id }), details));
    return { id, asset: await readAssets(id) };
  };
  return { warehouse: await connectOne("warehouse"), crm: await connectOne("crm") };
};

const readAssets = async (source: SourceId) => {
  const rows = await db().execute<{ id: AssetId; name: string }>(sql`
    select a.id, concat(lies_in.name || '.', a.name) as name
    from assets a left join assets lies_in on lies_in.id = a.schema_id where a.source_id = ${source}`);
  const ids = new Map(rows.map(({ id, name }) => [name, id]));
  return (name: string): AssetId => {
    const id = ids.get(name);
    if (!id) throw new Error(`The demo's database has no ${name}`);
    return id;
  };
};

/** Says of schemas and tables what they are. */
export const describe = async (engineer: Actor, found: Sources): Promise<void> => {
  const describeOne = async ({ of, asset: name, description, tags }: Described) => {
    const { id: source, asset } = found[of];
    const details = AssetDetails.parse({ source, asset: asset(name), description, tags });
    must(await changeAsset(await byOn(engineer, "assets.edit", { source, asset: asset(name) }), details));
  };
  for (const each of words) await describeOne(each);
};

/** Reads both sources anew, where nothing has changed. */
export const readAgain = async (engineer: Actor, found: Sources): Promise<void> => {
  for (const { id: source } of Object.values(found))
    must(await refresh(await byOn(engineer, "source.edit", { source })));
};

/** Makes both domains and gathers what belongs to them. */
export const makeDomains = async (owner: Actor, found: Sources): Promise<DomainId[]> => {
  const ids: DomainId[] = [];
  for (const { name, description, gathers } of domains) {
    const id = must(await createDomain(by(owner, "domains.create"), NewDomain.parse({ name, description })));
    const assets = gathers.map(([of, asset]) => found[of].asset(asset));
    must(await addAssets(await byOn(owner, "domain.edit", { domain: id }), assets));
    ids.push(id);
  }
  return ids;
};
