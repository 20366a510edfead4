import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { AssetId, DomainId, SourceId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { rights } from "@/lib/access/catalogue";
import type { Grant } from "@/lib/access/grant";
import { locate, type NamedPolicy, type Names } from "@/lib/access/named";
import { keyOf, type Policy, readOf, siblingsOf } from "@/lib/access/policy";
import { seesDomain } from "@/lib/access/visible";
import { containing } from "@/lib/search";
import { listAssets } from "@/lib/sources/queries";
import { readGivable } from "./givable";
import { type Changed, isPartOf, type Part } from "./parts";
import type { GroupWhole } from "./queries";

/**
 * One policy that a group may be given. `chosen`: it has it, once the draft is saved. `fixed`: it has it now, and whoever
 * looks may only add. `beyond`: it would gain it from somebody who doesn't hold it.
 */
export type Choice = Readonly<{ policy: Policy; chosen: boolean; fixed: boolean; beyond: boolean }>;
/** What can be chosen on one thing: the organization, a source, what is in it, or a domain. */
export type ChoiceRow = Readonly<{ names: Names; missing: boolean; choices: readonly Choice[] }>;
/** `found` fit what was searched for and are not chosen yet, `more` fit than are shown; `unseen` things are chosen and not in the rows. */
export type Choices = Readonly<{ rows: readonly ChoiceRow[]; found: number; more: boolean; unseen: number }>;

/** Policies with the names of what they are on; null when one is on something that doesn't exist in this organization. */
export const readNamed = (
  { organizationId }: Grant<"groups.edit" | "groups.create">,
  policies: readonly Policy[],
): Promise<NamedPolicy[] | null> => locate(db(), organizationId, policies);

/** So many are shown of what is found, and of what is chosen already: the rest is searched for. */
const [mostFound, mostChosen] = [25, 15];

/**
 * What a group may be given in one part of its policies: what is chosen already, changes first, and what fits the words in
 * `q` (null: nothing is looked for) among what the actor sees. Null when something drafted doesn't exist in this
 * organization. The names of what the group has are for whoever may see groups, whether they see the thing itself or not.
 */
export const readChoices = async (
  granted: Grant<"groups.edit" | "groups.create">,
  group: GroupWhole,
  about: Part,
  { before, after, added, removed }: Changed,
  q: string | null,
): Promise<Choices | null> => {
  const { actor, organizationId, right } = granted;
  const [givable, always, offer] = await Promise.all([
    readGivable(granted, group),
    locate(db(), organizationId, alwaysOffered(about)),
    q === null ? nothing : placesFor(actor, about, q),
  ]);
  const [drafted, found] = await Promise.all([
    locate(db(), organizationId, added),
    locate(db(), organizationId, offer.found),
  ]);
  if (!always || !drafted || !found) return null;

  const had = group.named.filter(({ policy }) => isPartOf(about)(policy));
  const places = placesOf([...always, ...drafted, ...had, ...found]);
  const kept = new Set(placesOf(always).keys());
  const touched = new Set([...added, ...removed].map(placeOf));
  const chosen = [...new Set([...touched, ...after.map(placeOf)])].filter(
    (place) => places.has(place) && !kept.has(place),
  );
  const sought = found.map(({ policy }) => placeOf(policy));
  const shown = new Set([...kept, ...chosen.slice(0, mostChosen), ...sought]);

  const [ticked, has] = [new Set(after.map(keyOf)), new Set(before.map(keyOf))];
  const choose = (policy: Policy): Choice => ({
    policy,
    chosen: ticked.has(keyOf(policy)),
    fixed: right === "groups.create" && has.has(keyOf(policy)),
    beyond: !givable(policy),
  });
  const named = [...shown].map((place) => places.get(place)).filter((one) => one !== undefined);
  const missing = await readMissing(organizationId, named);
  return {
    rows: named.map(({ policy, names }) => ({
      names,
      missing: missing.has(assetOf(policy)),
      choices: siblingsOf(policy).map(choose),
    })),
    found: sought.filter((place) => !chosen.slice(0, mostChosen).includes(place)).length,
    more: offer.more,
    unseen: chosen.filter((place) => !shown.has(place)).length,
  };
};

/** What stands in the form whatever is searched for: the organization, the source, everything in it. */
const alwaysOffered = (about: Part): Policy[] => {
  if (about === "domains") return [];
  if (about === "administrative")
    return rights.filter((right) => right.endsWith(".read")).map((right) => ({ right, on: null }));
  return [
    { right: "source.read", on: { source: about } },
    { right: "assets.read", on: { source: about, asset: null, schema: null } },
  ];
};

type Places = { found: Policy[]; more: boolean };
const nothing: Places = { found: [], more: false };

/** What could be chosen besides, each by its `read`. */
const placesFor = async (actor: Actor, about: Part, q: string): Promise<Places> => {
  if (about === "administrative") return nothing;
  if (about === "domains") {
    const ids = await findDomains(actor, q);
    const found = ids.map((domain) => ({ right: "domain.read", on: { domain } }) as const);
    return { found: found.slice(0, mostFound), more: found.length > mostFound };
  }
  const { rows, next } = await listAssets(actor, { source: about, schema: null }, { q, page: null });
  const found = rows.map(({ id }) => onAsset(about, id));
  return { found: found.slice(0, mostFound), more: found.length > mostFound || next !== null };
};

const onAsset = (source: SourceId, asset: AssetId): Policy => ({
  right: "assets.read",
  on: { source, asset, schema: null },
});

const findDomains = async (actor: Actor, q: string): Promise<DomainId[]> => {
  const rows = await db().execute<{ id: DomainId }>(sql`
    select d.id from domains d where ${seesDomain(actor)} and lower(d.name) like ${containing(q)}
    order by lower(d.name) limit ${mostFound + 1}`);
  return rows.map(({ id }) => id);
};

/** Which of these are on a schema or table that the source's database has no longer. */
const readMissing = async (
  organizationId: Actor["organizationId"],
  named: readonly NamedPolicy[],
): Promise<ReadonlySet<AssetId | null>> => {
  const ids = named.map(({ policy }) => assetOf(policy)).filter((id) => id !== null);
  if (ids.length === 0) return new Set();
  const rows = await db().execute<{ id: AssetId }>(sql`
    select id from assets where organization_id = ${organizationId} and missing_since is not null and id in ${ids}`);
  return new Set(rows.map(({ id }) => id));
};

const assetOf = ({ on }: Policy): AssetId | null => (on && "asset" in on ? on.asset : null);

/** One word for what a policy is on, and which permission it is of. */
const placeOf = (policy: Policy): string => keyOf(readOf(policy) ?? policy);

/** Each place once, by its word. */
const placesOf = (named: readonly NamedPolicy[]): Map<string, NamedPolicy> =>
  new Map(named.map((one) => [placeOf(one.policy), one]));
