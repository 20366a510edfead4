import { EmailAddress } from "@/components/email-address";
import { EmptyState } from "@/components/empty-state";
import type { Actor } from "@/lib/access/actor";
import { listDomains } from "@/lib/domains/queries";
import { peopleWhoCan } from "@/lib/members/queries";
import { readPaging } from "@/lib/paging";
import { listSources } from "@/lib/sources/queries";
import { OwnRequest } from "./account/access/own-request";

const first = readPaging({});

/** For a member whom no policy lets see any `things`: what is missing, who can give it, and how to ask. */
export const NoAccessYet = async ({ actor, things }: { actor: Actor; things: "sources" | "domains" }) => {
  const people = await peopleWhoCan("groups.edit", actor);
  const others = things === "sources" ? await listDomains(actor, first) : await listSources(actor, first);
  return (
    <EmptyState title="No access yet">
      <p>
        You've joined <bdi>{actor.organizationName}</bdi>, but nobody has given you access to any{" "}
        {others.rows.length > 0 ? things : "sources or domains"} yet.
      </p>
      <p>These people can:</p>
      <ul className="space-y-1">
        {people.map(({ name, email }) => (
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
};
