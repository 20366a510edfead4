import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import { hit, type Limit } from "@/lib/limits/limits";

/** How long after joining its first page may be waited for, and until when another look isn't a greeting's turn. */
const seconds = 600;
const greetings: Limit = { scope: "greeted", max: 1, seconds };

/** Whether this is the first look of somebody who has just joined: true once, however often the page is loaded again. */
export const greetsNow = async ({ organizationId, userId }: Actor): Promise<boolean> => {
  const joined = await db().execute(sql`
    select from memberships where organization_id = ${organizationId} and user_id = ${userId}
      and joined_at > clock_timestamp() - make_interval(secs => ${seconds})`);
  return joined.length > 0 && (await hit(db(), greetings, `${organizationId} ${userId}`)) === null;
};
