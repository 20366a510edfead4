import { ButtonLink } from "@/components/button";
import { EmptyState } from "@/components/empty-state";
import type { Actor } from "@/lib/access/actor";
import type { Domain } from "@/lib/domains/queries";
import { hasNoSource } from "@/lib/sources/queries";

type Props = { actor: Actor; domain: Domain };

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
          <ButtonLink href={`/domains/${domain.id}`}>Back to the domain</ButtonLink>
        </>
      }
    >
      <p>{sourceless ? noSource : actor.owner ? whyNoneForOwner(domain) : noneSeen}</p>
    </EmptyState>
  );
};

const noSource = "No source is connected yet. What can be added are the schemas and tables of your sources.";
// To an owner everything shows that a source does: what could be added and isn't in the domain would be offered.
const whyNoneForOwner = ({ schemas, tables }: Domain): string =>
  schemas + tables > 0
    ? "Every schema and table that your sources show is in this domain already."
    : "Your sources show no schema or table: they may be disabled, or empty.";
const noneSeen =
  "No schema or table that you can see is missing here. Seeing more takes Asset details in one of your groups.";
