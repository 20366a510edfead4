import { type AnyRight, type Permission, split } from "@/lib/access/catalogue";
import type { Policy, Resource } from "@/lib/access/policy";

// Who may do and see what (SPEC section 3), said once more and apart from the product: policy by policy, without an index
// or a query, so that tests can hold every path of the product to it.

/** What somebody has been given. */
export type Held = Readonly<{ owner: boolean; policies: readonly Policy[] }>;

/** Whether somebody may do this, on the whole organization or on one resource. */
export const may = ({ owner, policies }: Held, right: AnyRight, on: Resource | null): boolean =>
  owner || policies.some((policy) => gives(policy, right, on));

/** Whether a resource shows to somebody, who may still lack the right for what they try on it. */
export const shows = (held: Held, on: Resource): boolean => {
  if ("domain" in on) return may(held, "domain.read", on);
  if (!("asset" in on))
    return may(held, "source.read", on) || held.policies.some((policy) => isInside(policy.on, on.source));
  return may(held, "assets.read", on) || held.policies.some(({ on: at }) => at && "asset" in at && isAround(on, at));
};

/** The permission on the whole organization that stands for the same on every resource of a kind. */
const forAll: Partial<Record<Permission, Permission>> = { source: "sources", domain: "domains" };

const gives = (policy: Policy, right: AnyRight, on: Resource | null): boolean => {
  const [[given, operation], [wanted, wantedOperation]] = [split(policy.right), split(right)];
  if (operation !== wantedOperation && wantedOperation !== "read") return false;
  if (policy.on === null) return given === wanted || (on !== null && given === forAll[wanted]);
  return given === wanted && on !== null && contains(policy.on, on);
};

/** Everything of a source contains its schemas and tables, a schema its tables, and all else only itself. */
const contains = (wide: Resource, narrow: Resource): boolean => {
  if ("domain" in wide) return "domain" in narrow && wide.domain === narrow.domain;
  if (!("source" in narrow) || wide.source !== narrow.source) return false;
  if (!("asset" in wide)) return !("asset" in narrow);
  return "asset" in narrow && (wide.asset === null || wide.asset === narrow.asset || wide.asset === narrow.schema);
};

/** Whether what a policy is on are assets of this source. */
const isInside = (at: Resource | null, source: string): boolean => at !== null && "asset" in at && at.source === source;

/** A schema shows as what a table lies in that shows. */
const isAround = (schema: Resource, table: Resource): boolean =>
  "asset" in schema && "asset" in table && schema.asset !== null && schema.asset === table.schema;

/** What somebody may do of all that could be handed out, as one set that can be compared. */
export const allOf = (held: Held, choices: readonly Policy[]): ReadonlySet<Policy> =>
  new Set(choices.filter(({ right, on }) => may(held, right, on)));
