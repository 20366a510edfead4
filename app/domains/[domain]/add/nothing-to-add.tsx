import { ButtonLink } from "@/components/button";
import { EmptyState } from "@/components/empty-state";
import type { Actor } from "@/lib/access/actor";
import { hasNoSource } from "@/lib/sources/queries";

type Props = { actor: Actor; domain: string };

/** In place of the form when nothing could be chosen: why, and what to do about it. */
export const NothingToAdd = async ({ actor, domain }: Props) => {
  const sourceless = await hasNoSource(actor);
  return (
    <EmptyState
      title="Nothing to add"
      actions={
        <>
          {sourceless && actor.rights.has("sources.create") && (
            <ButtonLink href="/sources/new" tone="main">
              Connect source
            </ButtonLink>
          )}
          <ButtonLink href={`/domains/${domain}`}>Back to the domain</ButtonLink>
        </>
      }
    >
      <p>{sourceless ? noSource : actor.owner ? allIn : noneSeen}</p>
    </EmptyState>
  );
};

const noSource = "No source is connected yet. What can be added are the schemas and tables of your sources.";
const allIn = "Every schema and table that your sources show is in this domain already.";
const noneSeen =
  "No schema or table that you can see is missing here. Seeing more takes Asset details in one of your groups.";
