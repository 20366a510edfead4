import type { AssetId, DomainId, SourceId } from "@/db/schema/ids";
import { catalogue, isOf, type Right, rightOf, type ScopedRight, scopedRightOf, split } from "./catalogue";

export type OnSource = Readonly<{ source: SourceId }>;
/** Some assets of a source: all there ever are (`asset` null), a schema with its tables, or a table, which lies in `schema`. */
export type OnAssets = Readonly<{ source: SourceId; asset: AssetId | null; schema: AssetId | null }>;
export type OnDomain = Readonly<{ domain: DomainId }>;
export type Resource = OnSource | OnAssets | OnDomain;

/** What a scoped right is on. */
export type ResourceOf<R extends ScopedRight> = R extends `source.${string}`
  ? OnSource
  : R extends `assets.${string}`
    ? OnAssets
    : OnDomain;

export type ScopedPolicy = { [R in ScopedRight]: Readonly<{ right: R; on: ResourceOf<R> }> }[ScopedRight];
/** A right, on the whole organization or on one resource: what groups carry. */
export type Policy = Readonly<{ right: Right; on: null }> | ScopedPolicy;

/** A policy as the database gives it: permission, operation, source, asset, the schema of a table, domain. */
export type Stored = [string, string, SourceId | null, AssetId | null, AssetId | null, DomainId | null];

/** Reads a stored policy; undefined for one that the catalogue doesn't know. */
export const policyOf = ([permission, operation, source, asset, schema, domain]: Stored): Policy | undefined => {
  const right = rightOf(permission, operation);
  if (right) return { right, on: null };
  const scoped = scopedRightOf(permission, operation);
  if (!scoped) return undefined;
  if (isOf(scoped, "domain")) return domain ? { right: scoped, on: { domain } } : undefined;
  if (!source) return undefined;
  return isOf(scoped, "source") ? { right: scoped, on: { source } } : { right: scoped, on: { source, asset, schema } };
};

/** The columns of `policies` that say what a policy allows. */
export const columnsOf = ({ right, on }: Policy) => {
  const [permission, operation] = split(right);
  return {
    permission,
    operation,
    sourceId: on && "source" in on ? on.source : null,
    assetId: on && "asset" in on ? on.asset : null,
    domainId: on && "domain" in on ? on.domain : null,
  };
};

const withOperation = (policy: Policy, operation: string): Policy | undefined => {
  const { permission, sourceId, assetId, domainId } = columnsOf(policy);
  const schema = policy.on && "schema" in policy.on ? policy.on.schema : null;
  return policyOf([permission, operation, sourceId, assetId, schema, domainId]);
};

/** The `read` that a policy implies, on the same. */
export const readOf = (policy: Policy): Policy | undefined => withOperation(policy, "read");

/** Every policy of the same permission on the same, itself among them, in the order of the catalogue. */
export const siblingsOf = (policy: Policy): Policy[] =>
  Object.keys(catalogue[split(policy.right)[0]].operations)
    .map((operation) => withOperation(policy, operation))
    .filter((sibling) => sibling !== undefined);

/** The policies that would bring this one along if a group has them too: every other operation brings `read` on the same. */
export const bringersOf = (policy: Policy): Policy[] =>
  split(policy.right)[1] === "read" ? siblingsOf(policy).filter(({ right }) => right !== policy.right) : [];

/** A policy in one word, as forms send it and the audit keeps it: `access.create`, `assets.read/<source>/<schema or table>`. */
export const keyOf = (policy: Policy): string => {
  const { sourceId, assetId, domainId } = columnsOf(policy);
  return [policy.right, sourceId, assetId, domainId].filter((part) => part !== null).join("/");
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Whether a word could be an id at all: the database refuses to compare any other. */
export const isId = <Id extends string>(text: string | undefined): text is Id => text !== undefined && uuid.test(text);

/**
 * Reads the word that `keyOf` makes; undefined for any other. Whether its resource exists, and which schema a table lies
 * in, only the database knows.
 */
export const readKey = (key: string): Policy | undefined => {
  const [right = "", first, second] = key.split("/");
  const [permission = "", operation = ""] = right.split(".");
  const source = isId<SourceId>(first) ? first : null;
  const domain = isId<DomainId>(first) ? first : null;
  const asset = isId<AssetId>(second) ? second : null;
  const policy = policyOf([permission, operation, source, asset, null, domain]);
  return policy && keyOf(policy) === key ? policy : undefined;
};
