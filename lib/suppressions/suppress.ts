import { sql } from "drizzle-orm";
import type { OutboxId, SuppressionId } from "@/db/schema/ids";
import type { OrganizationChange } from "@/lib/access/change";

type Cause = Readonly<{ email: string; because: "bounced" | "complained"; reason: string | null; mail: OutboxId }>;

/**
 * From now on no mail of this organization goes to an address, until an owner lifts it. A complaint counts for more than
 * a bounce that is on the list already: whoever lifts it should know that somebody there didn't want our mail.
 */
export const suppress = async (
  { tx, organizationId, record }: OrganizationChange,
  { email, because, reason, mail }: Cause,
): Promise<void> => {
  const [made] = await tx.execute<{ id: SuppressionId }>(sql`
    insert into suppressions (organization_id, email, because, reason)
    values (${organizationId}, ${email}, ${because}, ${reason})
    on conflict (organization_id, email) where lifted_at is null do nothing returning id`);
  if (made)
    record({ action: "suppression.created", target: { type: "suppression", id: made.id }, after: { because, mail } });
  else if (because === "complained")
    await tx.execute(sql`
      update suppressions set because = ${because}, reason = ${reason}
      where organization_id = ${organizationId} and email = ${email} and lifted_at is null`);
};
