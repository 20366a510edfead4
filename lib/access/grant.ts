import type { OrganizationId } from "@/db/schema/ids";
import type { Actor } from "./actor";
import type { Right } from "./catalogue";

declare const proof: unique symbol;

/**
 * Evidence that this actor holds this right in this organization. Queries and commands demand it, so a forgotten check
 * doesn't compile. Only `grant` makes one; a test refuses the cast anywhere else.
 */
export type Grant<R extends Right> = Readonly<{
  right: R;
  actor: Actor;
  organizationId: OrganizationId;
  [proof]: true;
}>;

/** The grant, or null when the actor doesn't hold the right. */
export const grant = <R extends Right>(actor: Actor, right: R): Grant<R> | null =>
  actor.rights.has(right) ? ({ right, actor, organizationId: actor.organizationId } as Grant<R>) : null;
