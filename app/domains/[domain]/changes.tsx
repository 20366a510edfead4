import { ButtonLink } from "@/components/button";
import type { Actor } from "@/lib/access/actor";
import { lossInWords, readLoss } from "@/lib/access/loss";
import type { Domain } from "@/lib/domains/queries";
import { DeleteDomain } from "./delete-domain";

type Props = { actor: Actor; domain: Domain; sourceless: boolean };

/** What can be done to a domain. Without any source there is nothing to add: connecting one comes first. */
export const Changes = async ({ actor, domain: { id, name, mayEdit, mayDelete }, sourceless }: Props) => (
  <>
    {mayEdit && !sourceless && (
      <ButtonLink href={`/domains/${id}/add`} tone="main">
        Add schemas and tables
      </ButtonLink>
    )}
    {sourceless && actor.rights.has("sources.create") && (
      <ButtonLink href="/sources/new" tone="main">
        Connect source
      </ButtonLink>
    )}
    {mayEdit && <ButtonLink href={`/domains/${id}/edit`}>Change</ButtonLink>}
    {mayDelete && (
      <DeleteDomain
        organization={actor.organizationId}
        domain={id}
        name={name}
        loss={lossInWords(await readLoss(actor, { domain: id }))}
      />
    )}
  </>
);
