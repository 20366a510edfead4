import type { Actor } from "@/lib/access/actor";
import { nameOf } from "@/lib/access/catalogue";
import type { NamedPolicy } from "@/lib/access/named";
import { bringersOf, keyOf, type Policy } from "@/lib/access/policy";
import type { GroupWhole } from "@/lib/groups/queries";
import { sentence } from "../words";

type Props = { group: GroupWhole; actor: Actor; named: readonly NamedPolicy[] };

/**
 * Policies in plain words. Whoever may take some away, but not change them all at once, can do it for each that
 * no other brings along.
 */
export const PolicyLines = ({ group, actor, named }: Props) => {
  const oneByOne = !group.builtIn && actor.rights.has("groups.delete") && !actor.rights.has("groups.edit");
  const keys = new Set(oneByOne ? group.named.map(({ policy }) => keyOf(policy)) : []);
  const comesAlong = (policy: Policy) => bringersOf(policy).some((one) => keys.has(keyOf(one)));
  return (
    <ul className="list-disc space-y-1 pl-5">
      {named.map((one) => (
        <li key={keyOf(one.policy)} className="wrap-anywhere">
          {sentence(one)} <span className="text-sm text-quiet">{nameOf(one.policy.right)}</span>
          {oneByOne && comesAlong(one.policy) && (
            <span className="text-sm text-quiet">– comes with another one here</span>
          )}
          {oneByOne && !comesAlong(one.policy) && (
            <>
              {" "}
              <a
                href={`/account/groups/${group.id}/policies/remove?policy=${keyOf(one.policy)}`}
                className="inline-block py-1 text-sm text-danger underline underline-offset-3"
              >
                Remove policy<span className="sr-only"> {sentence(one)}</span>
              </a>
            </>
          )}
        </li>
      ))}
    </ul>
  );
};
