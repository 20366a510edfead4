import type { Actor } from "@/lib/access/actor";
import { addressOf, type Listing } from "@/lib/directory/listing";
import type { Row } from "@/lib/directory/queries";
import { mayCorrect, mayRetry, verbsFor } from "@/lib/directory/rules";
import type { Subject } from "./verbs";

/** A row as its menu needs it. Its page carries the list's state along, so that the way back leads to the same place. */
export const subjectOf = (actor: Actor, listing: Listing, row: Row): Subject => ({
  id: row.id,
  name: row.kind === "member" ? row.name : row.email,
  email: row.email,
  organization: actor.organizationName,
  href: addressOf(row.kind === "member" ? `/account/users/${row.id}` : `/account/users/invitations/${row.id}`, listing),
  groups: {
    label: row.kind === "member" ? "Manage groups" : "Change groups",
    href: addressOf(
      row.kind === "member" ? `/account/users/${row.id}/groups` : `/account/users/invitations/${row.id}/groups`,
      listing,
    ),
  },
  correct:
    row.kind === "invitation" && mayCorrect(actor, row)
      ? addressOf(`/account/users/invitations/${row.id}/address`, listing)
      : null,
  retriable: row.kind === "invitation" && mayRetry(actor, row),
  verbs: verbsFor(actor, row),
});
