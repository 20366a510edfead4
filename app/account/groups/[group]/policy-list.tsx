import { ButtonLink } from "@/components/button";
import { Section } from "@/components/page";
import { nameOf } from "@/lib/access/catalogue";
import type { NamedPolicy } from "@/lib/access/named";
import type { GroupWhole } from "@/lib/groups/queries";
import { sentence } from "../words";

/** What the group allows, in plain words, with the ways to change it. */
export const PolicyList = ({ group, mayEdit }: { group: GroupWhole; mayEdit: boolean }) => {
  if (group.builtIn)
    return (
      <Section title="Policies" id="policies" lead="Owners have every permission there is. That can't be changed." />
    );
  return (
    <Section
      title="Policies"
      id="policies"
      lead="What members of this group may see and do, whatever other groups add."
    >
      {group.named.length === 0 && (
        <p className="text-quiet">None yet: being in this group lets nobody see or do anything.</p>
      )}
      {kinds.map(({ kind, path, fits }) => (
        <Kind key={kind} kind={kind} named={group.named.filter(fits)}>
          {mayEdit && (
            <ButtonLink href={`/account/groups/${group.id}/policies/${path}`}>Change {kind.toLowerCase()}</ButtonLink>
          )}
        </Kind>
      ))}
    </Section>
  );
};

const kinds = [
  { kind: "Administrative policies", path: "administrative", fits: ({ policy }: NamedPolicy) => policy.on === null },
  {
    kind: "Source-based policies",
    path: "sources",
    fits: ({ policy }: NamedPolicy) => policy.on !== null && "source" in policy.on,
  },
  {
    kind: "Domain-based policies",
    path: "domains",
    fits: ({ policy }: NamedPolicy) => policy.on !== null && "domain" in policy.on,
  },
] as const;

const Kind = ({ kind, named, children }: { kind: string; named: readonly NamedPolicy[]; children: React.ReactNode }) =>
  (named.length > 0 || children) && (
    <div className="space-y-2">
      <h3>{kind}</h3>
      {named.length > 0 ? (
        <ul className="list-disc space-y-1 pl-5">
          {named.map((one) => (
            <li key={`${one.policy.right} ${Object.values(one.names).join("/")}`} className="wrap-anywhere">
              {sentence(one)} <span className="text-sm text-quiet">{nameOf(one.policy.right)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-quiet">None.</p>
      )}
      {children}
    </div>
  );
