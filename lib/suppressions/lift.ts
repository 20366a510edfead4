import { sql } from "drizzle-orm";
import type { SuppressionId } from "@/db/schema/ids";
import { change, unchanged } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { done, type Result, refused } from "@/lib/result";

/**
 * Lets mail of the organization go to a suppressed address again; gives that address. Nothing is sent by it. Lifting one
 * that has been lifted already changes nothing. Refuses whoever is no owner (`owners-only`) and what isn't here (`not-found`).
 */
export const lift = (granted: Grant<"access.read">, id: SuppressionId): Promise<Result<string>> =>
  change(granted, async ({ tx, actor, organizationId, record }) => {
    const [found] = await tx.execute<{ email: string; because: string; lifted: boolean }>(sql`
      select email, because, lifted_at is not null as lifted from suppressions
      where organization_id = ${organizationId} and id = ${id} for update`);
    if (!found) return refused({ code: "not-found" });
    if (!actor.owner) return refused({ code: "owners-only" });
    if (found.lifted) return unchanged(found.email);
    await tx.execute(sql`
      update suppressions set lifted_at = clock_timestamp(), lifted_by_id = ${actor.userId} where id = ${id}`);
    record({
      action: "suppression.lifted",
      target: { type: "suppression", id },
      before: { because: found.because },
    });
    return done(found.email);
  });
