import { ButtonLink } from "@/components/button";
import { Section } from "@/components/page";
import type { Actor } from "@/lib/access/actor";
import type { NamedPolicy } from "@/lib/access/named";
import type { GroupWhole } from "@/lib/groups/queries";
import { PolicyLines } from "./policy-lines";

/** What the group allows, in plain words, with the ways to change it that whoever looks has. */
export const PolicyList = ({ group, actor }: { group: GroupWhole; actor: Actor }) => {
  if (group.builtIn)
    return (
      <Section title="Policies" id="policies" lead="Owners have every permission there is. That can't be changed." />
    );
  const verb = actor.rights.has("groups.edit") ? "Change" : actor.rights.has("groups.create") ? "Add" : null;
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
        <Kind key={kind} kind={kind} named={group.named.filter(fits)} group={group} actor={actor}>
          {verb && (
            <ButtonLink href={`/account/groups/${group.id}/policies/${path}`}>
              {verb} {kind.toLowerCase()}
            </ButtonLink>
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

type KindProps = {
  kind: string;
  named: readonly NamedPolicy[];
  group: GroupWhole;
  actor: Actor;
  children: React.ReactNode;
};

/** More of a kind stand on a page of their own, with a search. */
const mostShown = 25;

const Kind = ({ kind, named, group, actor, children }: KindProps) =>
  (named.length > 0 || children) && (
    <div className="space-y-2">
      <h3>{kind}</h3>
      {named.length > 0 ? (
        <PolicyLines group={group} actor={actor} named={named.slice(0, mostShown)} />
      ) : (
        <p className="text-quiet">None.</p>
      )}
      {named.length > mostShown && (
        <p>
          These are the first {mostShown} of {named.length.toLocaleString("en")}.{" "}
          <a href={`/account/groups/${group.id}/policies`}>See and search all policies</a>
        </p>
      )}
      {children}
    </div>
  );
