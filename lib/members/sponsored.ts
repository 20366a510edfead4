import { sql } from "drizzle-orm";
import type { InvitationId, UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import type { OrganizationChange } from "@/lib/access/change";
import { openSql } from "@/lib/invitations/queries";
import { gather, handOver, mailIsConfigured, mostNamed, withdraw } from "@/lib/outbox";
import { readOwners } from "./queries";

type Change = OrganizationChange & { actor: Actor };

/** Revokes the pending invitations a member vouches for, with their queued mail. Gives the addresses they were for. */
export const revokeSponsored = async (
  { tx, organizationId, actor, record }: Change,
  sponsor: UserId,
): Promise<string[]> => {
  const pending = await tx.execute<{ id: InvitationId; email: string }>(sql`
    select i.id, i.email from invitations i where i.organization_id = ${organizationId} and i.sponsor_id = ${sponsor}
      and ${openSql} and i.expires_at > clock_timestamp()
    order by i.id for update`);
  const ids = pending.map(({ id }) => id);
  if (ids.length === 0) return [];
  await withdraw(tx, ids);
  await tx.execute(sql`
    update invitations set revoked_at = clock_timestamp(), revoked_by_id = ${actor.userId}
    where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`);
  for (const id of ids)
    record({
      action: "invitation.revoked",
      target: { type: "invitation", id },
      after: { becauseDeactivated: sponsor },
    });
  return pending.map(({ email }) => email);
};

/**
 * Tells the owners, five at most, which invitations ended with a member's deactivation, and hands them what that member
 * would have been told of their invitations. Whoever did it knows, and may not be among them. Call it once they are inactive.
 */
export const tellOwners = async (
  { tx, organizationId, organizationName: organization, actor }: Change,
  sponsor: { name: string; email: string },
  addresses: readonly string[],
): Promise<void> => {
  if (!mailIsConfigured()) return;
  const owners = await readOwners({ organizationId }, tx);
  await handOver(tx, { organizationId, from: sponsor, to: owners.map(({ email }) => email) });
  if (addresses.length === 0) return;
  const first = addresses.toSorted().slice(0, mostNamed);
  const ended = [{ sponsor: sponsor.name, by: actor.name, invites: addresses.length, first }];
  for (const { email: to } of owners)
    await gather(tx, { kind: "invites-ended", to, organizationId, organization, ended });
};
