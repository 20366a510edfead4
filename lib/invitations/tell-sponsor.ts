import { sql } from "drizzle-orm";
import type { UserId } from "@/db/schema/ids";
import type { OrganizationChange } from "@/lib/access/change";
import { gather, mailIsConfigured, type News } from "@/lib/outbox";

type Here = Pick<OrganizationChange, "tx" | "organizationId" | "organizationName" | "now">;

/**
 * Tells whoever vouches for an invitation what became of it: the first news at once, the rest of the day gathered. Nobody
 * is told when the sponsor has left, has turned such mail off, or no mail is configured. `reason` is for mail
 * that wasn't delivered: the provider's own words. Call it in the change it speaks of: it stands under the organization's row lock.
 */
export const tellSponsor = (
  change: Here,
  { email, sponsorId }: { email: string; sponsorId: UserId },
  what: News["what"],
  reason?: string,
): Promise<void> => tellNews(change, sponsorId, [reason ? { email, what, reason } : { email, what }]);

/** The same for news of many invitations of one sponsor at once. */
export const tellNews = async (
  { tx, organizationId, organizationName, now }: Here,
  sponsorId: UserId,
  news: readonly Omit<News, "at">[],
): Promise<void> => {
  if (!mailIsConfigured()) return;
  const [sponsor] = await tx.execute<{ email: string }>(sql`
    select m.email from memberships m join users u on u.id = m.user_id and u.hears_of_invites
    where m.organization_id = ${organizationId} and m.user_id = ${sponsorId} and m.deactivated_at is null`);
  if (sponsor)
    await gather(tx, {
      kind: "invite-news",
      to: sponsor.email,
      organizationId,
      organization: organizationName,
      news: news.map((each) => ({ ...each, at: now.toISOString() })),
    });
};
