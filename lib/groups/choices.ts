import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { AssetId, DomainId, SourceId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { type Permission, rights, split } from "@/lib/access/catalogue";
import { coverage } from "@/lib/access/covers";
import type { Grant } from "@/lib/access/grant";
import { holdingOf, readHolding } from "@/lib/access/holding";
import { locate, type NamedPolicy, type Names } from "@/lib/access/named";
import { keyOf, type Policy, readOf, siblingsOf } from "@/lib/access/policy";
import { seesDomain } from "@/lib/access/visible";
import { containing } from "@/lib/search";
import { listAssets } from "@/lib/sources/queries";
import type { GroupWhole } from "./queries";
import type { PoliciesInput } from "./schema";

/** One policy that a group may be given. `beyond`: it would gain it from somebody who doesn't hold it. */
export type Choice = Readonly<{ policy: Policy; beyond: boolean }>;
/** What can be chosen on one thing: the organization, a source, what is in it, or a domain. */
export type ChoiceRow = Readonly<{ permission: Permission; id: string; names: Names; choices: readonly Choice[] }>;
/** `more`: other things fit what was searched for than are in the rows. */
export type Choices = Readonly<{ rows: readonly ChoiceRow[]; found: number; more: boolean }>;

/** Whether a policy belongs to the part of a group's policies that one form changes. */
export const isPartOf =
  (about: PoliciesInput["about"]) =>
  ({ on }: Policy): boolean => {
    if (about === "administrative") return on === null;
    if (about === "domains") return on !== null && "domain" in on;
    return on !== null && "source" in on && on.source === about;
  };

/** Policies with the reads that they bring along, each once. */
export const withReads = (policies: readonly Policy[]): Policy[] => {
  const all = policies.flatMap((policy) => [policy, readOf(policy)]).filter((policy) => policy !== undefined);
  return [...new Map(all.map((policy) => [keyOf(policy), policy])).values()];
};

/** Policies with the names of what they are on; null when one is on something that doesn't exist in this organization. */
export const readNamed = (
  { organizationId }: Grant<"groups.edit">,
  policies: readonly Policy[],
): Promise<NamedPolicy[] | null> => locate(db(), organizationId, policies);

/**
 * What a group may be given in one part of its policies: whatever is `chosen` already, and what fits the words in `q` among
 * what the actor sees. Null when something chosen doesn't exist in this organization.
 */
export const readChoices = async (
  { actor, organizationId }: Grant<"groups.edit">,
  group: GroupWhole,
  about: PoliciesInput["about"],
  chosen: readonly Policy[],
  q: string,
): Promise<Choices | null> => {
  const [holding, offer, located] = await Promise.all([
    readHolding(db(), organizationId, actor.userId),
    placesFor(actor, about, q),
    locate(db(), organizationId, chosen),
  ]);
  const found = await locate(db(), organizationId, offer.found);
  if (!holding || !located || !found) return null;
  const before = group.named.map(({ policy }) => policy);
  const [held, had] = [coverage(holding), coverage(holdingOf(false, before))];
  const known = new Set([...located, ...found.filter(stays)].map(placeOf));
  const places = new Map([...found.filter(stays), ...located, ...found].map((place) => [placeOf(place), place]));
  return {
    rows: [...places].map(([id, { policy, names }]) => ({
      permission: split(policy.right)[0],
      id,
      names,
      choices: siblingsOf(policy).map((each) => ({ policy: each, beyond: !held(each) && !had(each) })),
    })),
    found: found.filter((place) => !known.has(placeOf(place))).length,
    more: offer.more,
  };
};

type Places = { found: Policy[]; more: boolean };

/** What could be chosen, each by its `read`. */
const placesFor = async (actor: Actor, about: PoliciesInput["about"], q: string): Promise<Places> => {
  if (about === "administrative")
    return {
      found: rights.filter((right) => right.endsWith(".read")).map((right) => ({ right, on: null })),
      more: false,
    };
  if (about === "domains") {
    const { ids, more } = await findDomains(actor, q);
    return { found: ids.map((domain) => ({ right: "domain.read", on: { domain } })), more };
  }
  const { ids, more } = await findAssets(actor, about, q);
  const inside = [null, ...ids].map(
    (asset) => ({ right: "assets.read", on: { source: about, asset, schema: null } }) as const,
  );
  return { found: [{ right: "source.read", on: { source: about } }, ...inside], more };
};

/** So many are offered at a time: more than that are searched for. */
const offered = 50;

const findDomains = async (actor: Actor, q: string): Promise<{ ids: DomainId[]; more: boolean }> => {
  const rows = await db().execute<{ id: DomainId }>(sql`
    select d.id from domains d where ${seesDomain(actor)} and lower(d.name) like ${containing(q)}
    order by lower(d.name) limit ${offered + 1}`);
  return { ids: rows.slice(0, offered).map(({ id }) => id), more: rows.length > offered };
};

/** Schemas; or what fits `q`; or, for `sales.ord`, tables of one schema. */
const findAssets = async (actor: Actor, source: SourceId, q: string): Promise<{ ids: AssetId[]; more: boolean }> => {
  const dot = q.indexOf(".");
  const schemas =
    dot < 0 ? [] : (await listAssets(actor, { source, schema: null }, { q: q.slice(0, dot), page: null })).rows;
  const schema = schemas.find(({ kind, name }) => kind === "schema" && name === q.slice(0, dot))?.id ?? null;
  const { rows, next } = await listAssets(actor, { source, schema }, { q: schema ? q.slice(dot + 1) : q, page: null });
  return { ids: rows.map(({ id }) => id), more: next !== null };
};

/** One word for what a policy is on, and which permission it is of. */
const placeOf = ({ policy }: NamedPolicy): string => keyOf(readOf(policy) ?? policy);

/** What stands in the form whatever is searched for: the organization, the source, everything in it. */
const stays = ({ policy: { on } }: NamedPolicy): boolean =>
  on === null || ("source" in on && (!("asset" in on) || on.asset === null));
