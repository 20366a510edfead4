import { type Permission, rightOf, split } from "./catalogue";
import type { Holding } from "./holding";
import type { Policy, ScopedPolicy } from "./policy";

/** The administrative permission that stands for the same on every resource of a kind. */
const wider: Partial<Record<Permission, Permission>> = { source: "sources", domain: "domains" };

/**
 * What somebody holds, ready to be asked about one policy after another: a look into a few sets each, however much it is.
 * SPEC section 3 in full: an owner holds everything; any operation implies `read`; `Manage data sources` and `Manage
 * domains` cover the same on each source and domain; everything of a source covers its schemas, a schema its tables; and
 * nothing administrative covers `Asset details`.
 */
export const coverage = (held: Holding): ((policy: Policy) => boolean) => {
  const places = new Set<string>();
  for (const policy of held.scoped) {
    const [permission, operation] = split(policy.right);
    for (const each of new Set([operation, "read"])) places.add(`${permission}.${each} ${placeOf(policy)}`);
  }
  return (policy) => {
    if (held.owner) return true;
    if (policy.on === null) return held.rights.has(policy.right);
    const [permission, operation] = split(policy.right);
    const wide = rightOf(wider[permission] ?? "", operation);
    if (wide && held.rights.has(wide)) return true;
    return widerPlaces(policy).some((place) => places.has(`${policy.right} ${place}`));
  };
};

/**
 * Nobody hands out more than they hold (SPEC section 3): whether everything in `handedOut` is also in `held`. The one
 * rule, on every path; an owner holds more than every right, for only owners make owners.
 */
export const covers = (held: Holding, handedOut: Holding): boolean => {
  if (held.owner) return true;
  if (handedOut.owner || ![...handedOut.rights].every((right) => held.rights.has(right))) return false;
  return handedOut.scoped.length === 0 || handedOut.scoped.every(coverage(held));
};

/** The word for what a policy is on. */
const placeOf = (policy: ScopedPolicy): string => {
  const { on } = policy;
  return "domain" in on ? on.domain : "asset" in on ? (on.asset ?? on.source) : on.source;
};

/** That word, and those of everything that contains it. */
const widerPlaces = (policy: ScopedPolicy): string[] => {
  const { on } = policy;
  return "asset" in on ? [on.asset, on.schema, on.source].filter((place) => place !== null) : [placeOf(policy)];
};
