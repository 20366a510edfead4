import { Badge } from "@/components/badge";
import { EmailAddress } from "@/components/email-address";
import type { Actor } from "@/lib/access/actor";
import type { AccessRequest } from "@/lib/requests/queries";

type Props = { actor: Actor; request: AccessRequest };

/** Who asks: name, address, and whether they are oneself or inactive by now. */
export const Asker = ({ actor, request: { id, userId, name, email, active } }: Props) => (
  <>
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <a href={`/account/requests/${id}`} dir="auto">
        {name}
      </a>
      {userId === actor.userId && <Badge tone="accent">You</Badge>}
      {!active && <Badge icon="off">Inactive</Badge>}
    </span>
    <span className="block text-sm text-quiet">
      <EmailAddress>{email}</EmailAddress>
    </span>
  </>
);
