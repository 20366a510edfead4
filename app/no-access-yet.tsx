import { ButtonLink } from "@/components/button";
import { EmailAddress } from "@/components/email-address";
import { EmptyState } from "@/components/empty-state";
import type { Actor } from "@/lib/access/actor";
import { listDomains } from "@/lib/domains/queries";
import { peopleWhoCan } from "@/lib/members/queries";
import { readPaging } from "@/lib/paging";
import { listSources } from "@/lib/sources/queries";
import { OwnRequest } from "./account/access/own-request";
import { MissingSomething } from "./missing-something";

const first = readPaging({});

/** For a member whom no policy lets see any `things`: where what they do see is; if that is nothing, how to ask for it. */
export const NoAccessYet = async ({ actor, things }: { actor: Actor; things: "sources" | "domains" }) => {
  const [others, there] =
    things === "sources" ? ([listDomains, "Domains"] as const) : ([listSources, "Sources"] as const);
  const { rows } = await others(actor, first);
  return rows.length > 0 ? <OnlyOthers actor={actor} things={things} there={there} /> : <Nothing actor={actor} />;
};

type Others = { actor: Actor; things: string; there: "Sources" | "Domains" };

const OnlyOthers = ({ actor, things, there }: Others) => (
  <EmptyState
    title={`No ${things} for you yet`}
    actions={<ButtonLink href={there === "Domains" ? "/domains" : "/sources"}>Go to {there}</ButtonLink>}
  >
    <p>
      What your groups let you see in <bdi>{actor.organizationName}</bdi> is under {there}.
    </p>
    <MissingSomething actor={actor} />
  </EmptyState>
);

const Nothing = async ({ actor }: { actor: Actor }) => (
  <EmptyState title="No access yet">
    <p>
      You've joined <bdi>{actor.organizationName}</bdi>, but nobody has given you access to any sources or domains yet.
    </p>
    <p>These people decide about access:</p>
    <ul className="space-y-1">
      {(await peopleWhoCan("groups.edit", actor)).map(({ name, email }) => (
        <li key={email}>
          <bdi className="font-medium text-ink">{name}</bdi>,{" "}
          <a href={`mailto:${email}`}>
            <EmailAddress>{email}</EmailAddress>
          </a>
        </li>
      ))}
    </ul>
    <OwnRequest actor={actor} />
  </EmptyState>
);
